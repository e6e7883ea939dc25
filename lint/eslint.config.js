import js from "@eslint/js";
import globals from "globals";

// The scripts are plain files without modules: the site is opened from a USB stick as well.
export default [
  js.configs.recommended,
  {
    files: ["templates/**/*.js"],
    languageOptions: { ecmaVersion: 2022, sourceType: "script", globals: globals.browser },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "array-callback-return": "error",
      "eqeqeq": "error",
      "no-eval": "error",
      "no-implicit-globals": "error",
      "no-irregular-whitespace": ["error", { skipRegExps: true, skipStrings: true, skipTemplates: true }],
      "no-implied-eval": "error",
      "no-shadow": "error",
      // "catch (error)" stays for browsers that do not know the short form.
      "no-unused-vars": ["error", { caughtErrors: "none" }],
      "no-use-before-define": ["error", { functions: false }],
      "no-var": "error",
      "prefer-const": "error",
    },
  },
];
