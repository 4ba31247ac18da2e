<#import "template.ftl" as layout>
<@layout.emailLayout>
<p>${msg("ssoExemptionGrantedBody", realmName)}</p>
<#if until?has_content><p>${msg("ssoExemptionUntil", until)}</p></#if>
<#if reason?has_content><p>${msg("ssoExemptionReason", reason)}</p></#if>
<p>${msg("ssoExemptionQuestions")}</p>
</@layout.emailLayout>
