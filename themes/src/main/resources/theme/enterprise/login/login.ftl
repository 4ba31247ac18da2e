<#import "template.ftl" as layout>
<#import "field.ftl" as field>
<#import "buttons.ftl" as buttons>
<#import "passkeys.ftl" as passkeys>
<#import "enterprise.ftl" as enterprise>
<#import "attempted-username.ftl" as attempted>
<#assign username = attempted.box in layout>
<#assign wrong = messagesPerField.existsError("username", "password")>
<#assign open = wrong || usernameHidden?? || enforceSsoFormWanted??>
<@layout.registrationLayout displayMessage=!wrong; section>
    <#if section = "header">
        ${msg("loginAccountTitle")}
    <#elseif section = "form">
        <@enterprise.page open=open>
            <#if realm.password>
                <form id="kc-form-login" class="${properties.kcFormClass!}" onsubmit="login.disabled = true; return true;" action="${url.loginAction}" method="post" novalidate="novalidate">
                    <#assign focus = open || !enterprise.providers?has_content>
                    <#if !usernameHidden??>
                        <#assign label>
                            <#if !realm.loginWithEmailAllowed>${msg("username")}<#elseif !realm.registrationEmailAsUsername>${msg("usernameOrEmail")}<#else>${msg("email")}</#if>
                        </#assign>
                        <@field.input name="username" label=label value=(login.username)!"" autofocus=focus
                            error=messagesPerField.getFirstError("username", "password")
                            autocomplete=(enableWebAuthnConditionalUI?has_content)?then("username webauthn", "username") />
                    </#if>
                    <@field.password name="password" label=msg("password") forgotPassword=realm.resetPasswordAllowed
                        error=(usernameHidden??)?then(messagesPerField.getFirstError("username", "password"), "")
                        autofocus=focus && usernameHidden?? autocomplete="current-password">
                        <#if realm.rememberMe && !usernameHidden??>
                            <@field.checkbox name="rememberMe" label=msg("rememberMe") value=login.rememberMe?? />
                        </#if>
                    </@field.password>
                    <input type="hidden" id="id-hidden-input" name="credentialId" <#if auth.selectedCredential?has_content>value="${auth.selectedCredential}"</#if>/>
                    <@buttons.loginButton />
                </form>
            </#if>
            <@passkeys.conditionalUIData />
        </@enterprise.page>
    </#if>
</@layout.registrationLayout>
