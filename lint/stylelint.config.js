// Every size of type and every colour is a token of templates/tokens.css.
const sizes = ["/^var\\(--(size|point)-[a-z0-9-]+\\)$/", "inherit"];

export default {
  // Jinja templates, not yet style sheets.
  ignoreFiles: ["../templates/print/page.css", "../templates/print/faces.css", "../templates/print/body.css"],
  rules: {
    "block-no-empty": true,
    "color-named": "never",
    "color-no-hex": true,
    "declaration-block-no-duplicate-custom-properties": true,
    "declaration-block-no-duplicate-properties": true,
    "declaration-property-value-allowed-list": { font: ["inherit"], "font-size": sizes },
    "function-disallowed-list": ["rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color", "color-mix", "device-cmyk"],
    "function-calc-no-unspaced-operator": true,
    "media-feature-name-no-unknown": true,
    "no-invalid-double-slash-comments": true,
    "property-no-unknown": true,
    "selector-pseudo-class-no-unknown": true,
    // CSS Generated Content for Paged Media, which browsers do not have.
    "selector-pseudo-element-no-unknown": [true, { ignorePseudoElements: ["footnote-call", "footnote-marker"] }],
    "unit-no-unknown": true,
  },
  overrides: [
    {
      // The tokens themselves.
      files: ["../templates/tokens.css"],
      rules: { "color-no-hex": null, "function-disallowed-list": null },
    },
  ],
};
