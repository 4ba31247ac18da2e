<#-- Who is signing in, once his name is known, and the way back. The one of keycloak.v2 labels no input. -->
<#macro box>
    <div class="${properties.kcFormGroupClass!}">
        <div class="${properties.kcFormGroupLabelClass!}">
            <label for="kc-attempted-username" class="${properties.kcFormLabelClass!}">
                <span class="${properties.kcFormLabelTextClass!}"><#if !realm.loginWithEmailAllowed>${msg("username")}<#elseif !realm.registrationEmailAsUsername>${msg("usernameOrEmail")}<#else>${msg("email")}</#if></span>
            </label>
        </div>
        <span class="${properties.kcInputClass!} ${properties.kcFormReadOnlyClass!}">
            <input id="kc-attempted-username" value="${auth.attemptedUsername}" readonly>
        </span>
        <a id="reset-login" href="${url.loginRestartFlowUrl}">${msg("restartLoginTooltip")}</a>
    </div>
</#macro>
