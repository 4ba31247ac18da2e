<#-- Why there is no password to set. The button gives control back to the application that asked for one. -->
<#import "template.ftl" as layout>
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("enforceSsoNoPasswordTitle")}
    <#elseif section = "form">
        <p id="enforce-sso-no-password" class="enforce-sso-why ${properties.kcContentWrapperClass!}">${msg("enforceSsoNoPassword")}</p>
        <form id="enforce-sso-back-form" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
            <button type="submit" name="cancel-aia" value="true" id="enforce-sso-back" class="${properties.kcButtonPrimaryClass!} ${properties.kcButtonBlockClass!}">${msg("enforceSsoBack")}</button>
        </form>
    </#if>
</@layout.registrationLayout>
