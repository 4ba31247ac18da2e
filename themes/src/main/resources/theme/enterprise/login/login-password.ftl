<#import "template.ftl" as layout>
<#import "field.ftl" as field>
<#import "buttons.ftl" as buttons>
<#import "passkeys.ftl" as passkeys>
<#import "attempted-username.ftl" as attempted>
<#assign username = attempted.box in layout>
<#assign wrong = messagesPerField.existsError("password")>
<@layout.registrationLayout displayMessage=!wrong; section>
    <#if section = "header">
        ${msg("doLogIn")}
    <#elseif section = "form">
        <form id="kc-form-login" class="${properties.kcFormClass!}" onsubmit="login.disabled = true; return true;" action="${url.loginAction}" method="post" novalidate="novalidate">
            <@field.password name="password" label=msg("password") forgotPassword=realm.resetPasswordAllowed
                error=messagesPerField.getFirstError("password") autofocus=true autocomplete="current-password" />
            <@buttons.loginButton />
        </form>
        <@passkeys.conditionalUIData />
    </#if>
</@layout.registrationLayout>
