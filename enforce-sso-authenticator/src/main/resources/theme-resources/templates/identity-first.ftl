<#-- Asks for the name before anything else. The password is a second button of the same form, so it needs no JavaScript. -->
<#import "template.ftl" as layout>
<#assign wrong = messagesPerField.existsError("username")>
<@layout.registrationLayout displayMessage=!wrong; section>
    <#if section = "header">
        ${msg("loginAccountTitle")}
    <#elseif section = "form">
        <form id="enforce-sso-identity-form" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post" novalidate="novalidate">
            <div class="${properties.kcFormGroupClass!}">
                <div class="${properties.kcFormGroupLabelClass!}">
                    <label for="username" class="${properties.kcFormLabelClass!properties.kcLabelClass!}">
                        <span class="${properties.kcFormLabelTextClass!}"><#if !realm.loginWithEmailAllowed>${msg("username")}<#elseif !realm.registrationEmailAsUsername>${msg("usernameOrEmail")}<#else>${msg("email")}</#if></span>
                    </label>
                </div>
                <span class="${properties.kcInputClass!}<#if wrong> ${properties.kcError!}</#if>">
                    <input type="text" id="username" name="username" value="${enforceSsoName}" dir="ltr" autocomplete="username" autocapitalize="off" spellcheck="false" autofocus<#if wrong> aria-invalid="true" aria-describedby="input-error-username"</#if>>
                </span>
                <#if wrong>
                    <div class="${properties.kcFormHelperTextClass!}" aria-live="polite">
                        <span id="input-error-username" class="${properties.kcInputErrorMessageClass!}">${messagesPerField.getFirstError("username")}</span>
                    </div>
                </#if>
            </div>
            <div class="${properties.kcFormGroupClass!}">
                <button type="submit" id="enforce-sso-next" class="${properties.kcButtonPrimaryClass!} ${properties.kcButtonBlockClass!}">${msg("doContinue")}</button>
            </div>
            <div class="enforce-sso-password">
                <button type="submit" name="usePassword" value="true" id="enforce-sso-password" class="${properties.kcButtonLinkClass!"btn btn-link"}">${msg("enforceSsoPassword")}</button>
            </div>
        </form>
        <#if !enforceSsoEverybody && (social.providers)?has_content>
            <div class="enforce-sso-others ${properties.kcMarginTopClass!}">
                <p class="enforce-sso-or">${msg("identity-provider-login-label")}</p>
                <#list social.providers as provider>
                    <p><a id="social-${provider.alias}" href="${provider.loginUrl}" class="${properties.kcButtonSecondaryClass!} ${properties.kcButtonBlockClass!}">${provider.displayName!provider.alias}</a></p>
                </#list>
            </div>
        </#if>
    </#if>
</@layout.registrationLayout>
