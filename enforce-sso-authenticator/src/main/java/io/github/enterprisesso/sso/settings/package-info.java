/**
 * Where the policy is kept: the configuration of the required action {@code enforce-sso}, so that realm export, kcadm
 * and Terraform carry it and the stock console draws its form. Each option is declared once in {@link
 * io.github.enterprisesso.sso.settings.SsoOption}; what may be saved is checked by {@link
 * io.github.enterprisesso.sso.settings.SettingsCheck} for the form and for REST alike.
 */
package io.github.enterprisesso.sso.settings;
