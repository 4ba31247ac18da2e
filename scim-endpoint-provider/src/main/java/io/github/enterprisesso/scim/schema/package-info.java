/**
 * The catalogue of attributes: name, type, case rule, mutability and where each is kept. Reader, writer, /Schemas and the
 * filter follow it. Knows the protocol, and of the database only the names in a query.
 */
package io.github.enterprisesso.scim.schema;
