<#--
  Whose page this is: of the organization that the login is for, where Keycloak knows it, else of the realm. Attributes of
  the organization or the realm:

  enterprise.name  the name; else the organization's name, else the realm's display name
  enterprise.logo  a picture: https://…, or a file below the theme's resources, for example img/acme.svg. Anything else is
                   not shown, so that no attribute can bring a script or an address of another kind into the page.
-->
<#assign logo = (org.attributes["enterprise.logo"]?first)!(realm.getAttribute("enterprise.logo"))!"">
<#assign name = (org.attributes["enterprise.name"]?first)!(org.name)!(realm.getAttribute("enterprise.name"))!"">

<#function picture>
    <#if logo?matches(r"https://[A-Za-z0-9.-]+(:[0-9]+)?/[A-Za-z0-9._~/?&=%+:@,;-]*")>
        <#return logo>
    </#if>
    <#if logo?matches(r"[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*\.[A-Za-z0-9]+")>
        <#return url.resourcesPath + "/" + logo>
    </#if>
    <#return "">
</#function>

<#macro mark>
    <#local source = picture()>
    <#if source?has_content>
        <img class="enterprise-logo" src="${source}" alt="${(name?has_content)?then(name, realm.displayName)}" referrerpolicy="no-referrer">
    <#elseif name?has_content>
        ${name}
    <#else>
        ${kcSanitize(msg("loginTitleHtml", (realm.displayNameHtml!"")))?no_esc}
    </#if>
</#macro>
