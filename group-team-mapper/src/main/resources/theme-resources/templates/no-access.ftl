<#-- What a person sees who signed in and is in no team. Attribute contact: whom to ask, optional. -->
<#import "template.ftl" as layout>
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("teamNoAccessTitle")}
    <#elseif section = "form">
        <p id="no-access-why" class="enforce-sso-why ${properties.kcContentWrapperClass!}">${msg("teamNoAccessWhy")}</p>
        <#if contact?has_content>
            <p id="no-access-contact" class="${properties.kcContentWrapperClass!}"><bdi>${msg("teamNoAccessContact", contact)}</bdi></p>
        </#if>
        <p class="enforce-sso-restart ${properties.kcMarginTopClass!}"><a href="${url.loginRestartFlowUrl}">${msg("teamNoAccessRestart")}</a></p>
    </#if>
</@layout.registrationLayout>
