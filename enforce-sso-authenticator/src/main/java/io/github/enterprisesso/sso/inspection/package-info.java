/** Takes the snapshot that {@link io.github.enterprisesso.sso.doctor.Doctor} examines: reads much, decides nothing. */
package io.github.enterprisesso.sso.inspection;
