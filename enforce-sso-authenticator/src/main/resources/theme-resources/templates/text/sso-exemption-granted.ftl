<#ftl output_format="plainText">
${msg("ssoExemptionGrantedBody", realmName)}

<#if until?has_content>
${msg("ssoExemptionUntil", until)}
</#if>
<#if reason?has_content>
${msg("ssoExemptionReason", reason)}
</#if>

${msg("ssoExemptionQuestions")}
