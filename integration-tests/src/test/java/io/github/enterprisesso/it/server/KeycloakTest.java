package io.github.enterprisesso.it.server;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test class uses the server of this run; a {@link KeycloakServer} can be a parameter of its methods. Classes that
 * should also run on the embedded database carry {@code @Tag("h2")}, those that should also run against the image
 * {@code @Tag("smoke")}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(KeycloakExtension.class)
public @interface KeycloakTest {}
