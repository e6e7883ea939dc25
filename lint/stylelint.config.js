// Every size of type and every colour is a token of templates/tokens.css.
const sizes = ["/^var\\(--(size|point)-[a-z0-9-]+\\)$/", "inherit"];

// Of what the oldest browser (Chrome 88) does not know, only this: without it nothing is lost, since the browser leaves
// out the declaration (the first two), or a rule that stands for itself (the others).
const adornments = ["css-hanging-punctuation", "css-text-justify", "css-container-queries", "css-has"];

export default {
  plugins: ["stylelint-no-unsupported-browser-features"],
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
    "plugin/no-unsupported-browser-features": [true, { browsers: ["chrome 88"], ignore: adornments, ignorePartialSupport: true, severity: "error" }],
    "no-invalid-double-slash-comments": true,
    "property-no-unknown": true,
    "selector-pseudo-class-no-unknown": true,
    // CSS Generated Content for Paged Media, which browsers do not have.
    "selector-pseudo-element-no-unknown": [true, { ignorePseudoElements: ["footnote-call", "footnote-marker"] }],
    // Known to that list of features only as part of something that is older.
    "declaration-property-value-disallowed-list": { "/^overflow/": ["clip"] },
    "unit-disallowed-list": ["dvh", "dvw", "svh", "svw", "lvh", "lvw", "cqi", "cqw", "lh", "rlh"],
    "selector-disallowed-list": [["/:has\\([^]*,/", "/,[^]*:has\\(/"], { message: "A browser without :has() drops the whole list: make it a rule of its own." }],
    "unit-no-unknown": true,
  },
  overrides: [
    {
      // Only the typesetter reads them.
      files: ["../templates/print/*.css", "../templates/epub/*.css"],
      rules: { "plugin/no-unsupported-browser-features": null },
    },
    {
      // The tokens themselves.
      files: ["../templates/tokens.css"],
      rules: { "color-no-hex": null, "function-disallowed-list": null },
    },
  ],
};
