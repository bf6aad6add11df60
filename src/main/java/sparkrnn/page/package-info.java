/**
 * Pages of HTML that need nothing but a browser: tables, charts as inline SVG, a light and a dark
 * style, no script and nothing from a network.
 *
 * <p>May import: the JDK. Begin reading at {@link sparkrnn.page.Page}.
 */
package sparkrnn.page;
