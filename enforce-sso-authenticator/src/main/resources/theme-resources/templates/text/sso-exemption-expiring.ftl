<#ftl output_format="plainText">
${msg("ssoExemptionExpiringBody", realmName)}

<#if until?has_content>
${msg("ssoExemptionUntil", until)}
</#if>
<#if days??>
${msg("ssoExemptionDays", days)}
</#if>
<#if reason?has_content>
${msg("ssoExemptionReason", reason)}
</#if>

${msg("ssoExemptionQuestions")}
