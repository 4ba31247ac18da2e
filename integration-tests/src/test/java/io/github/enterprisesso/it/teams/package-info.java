/** The group mapper from outside: what a push does to teams and roles, what administrators decide, and why people have what they have. */
package io.github.enterprisesso.it.teams;
