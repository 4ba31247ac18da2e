<#import "template.ftl" as layout>
<#import "field.ftl" as field>
<#import "buttons.ftl" as buttons>
<#import "passkeys.ftl" as passkeys>
<#import "enterprise.ftl" as enterprise>
<#assign wrong = messagesPerField.existsError("username")>
<@layout.registrationLayout displayMessage=!wrong; section>
    <#if section = "header">
        ${msg("loginAccountTitle")}
    <#elseif section = "form">
        <@enterprise.page open=wrong || enforceSsoFormWanted??>
            <#if realm.password>
                <form id="kc-form-login" class="${properties.kcFormClass!}" onsubmit="login.disabled = true; return true;" action="${url.loginAction}" method="post" novalidate="novalidate">
                    <#if !usernameHidden??>
                        <#assign label>
                            <#if !realm.loginWithEmailAllowed>${msg("username")}<#elseif !realm.registrationEmailAsUsername>${msg("usernameOrEmail")}<#else>${msg("email")}</#if>
                        </#assign>
                        <@field.input name="username" label=label value=(login.username)!""
                            autofocus=wrong || !enterprise.providers?has_content
                            autocomplete=(enableWebAuthnConditionalUI?has_content)?then("username webauthn", "username") />
                        <#if realm.rememberMe>
                            <@field.checkbox name="rememberMe" label=msg("rememberMe") value=login.rememberMe?? />
                        </#if>
                    </#if>
                    <@buttons.loginButton />
                </form>
            </#if>
            <@passkeys.conditionalUIData />
        </@enterprise.page>
    </#if>
</@layout.registrationLayout>
