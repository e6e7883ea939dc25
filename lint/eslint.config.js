import js from "@eslint/js";
import es from "eslint-plugin-es-x";
import globals from "globals";

// The oldest browser that an office or a reader has: Chrome 88, which knows ECMAScript 2021 and nothing of later years.
const later = ["es2022", "es2023", "es2024", "es2025", "es2026"].map((year) => es.configs[`flat/no-new-in-${year}`].rules);
// Methods are known by their names alone. So those of iterators, which lists have had for long, cannot be told apart,
// and "at" is the name of places too: only where it is called it is a method.
const named = (rule) => rule.includes("-prototype-") && !/-iterator-prototype-|-prototype-at$/.test(rule);
const floor = Object.fromEntries(later.flatMap(Object.keys).map((rule) => [rule, named(rule) ? ["error", { aggressive: true }] : "error"]));
// An older browser leaves out the cause and keeps the message.
floor["es-x/no-error-cause"] = "off";
// What browsers brought later beside the language.
const newer = "Chrome 88 has none.";
const globalsOfLater = ["structuredClone", "reportError", "scheduler", "navigation", "URLPattern"].map((name) => ({ name, message: newer }));
const propertiesOfLater = [
  ["crypto", "randomUUID"], ["AbortSignal", "timeout"], ["AbortSignal", "any"], ["URL", "canParse"], ["URL", "parse"], ["Response", "json"],
].map(([object, property]) => ({ object, property, message: newer }));
const methodsOfLater = ["checkVisibility", "inert", "showPicker", "showPopover", "togglePopover", "hidePopover", "setHTMLUnsafe", "moveBefore"];

// The scripts are plain files without modules: the site is opened from a USB stick as well.
export default [
  js.configs.recommended,
  {
    files: ["templates/**/*.js"],
    plugins: { "es-x": es },
    languageOptions: { ecmaVersion: 2021, sourceType: "script", globals: globals.browser },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      ...floor,
      "no-restricted-globals": ["error", ...globalsOfLater],
      "no-restricted-properties": ["error", ...propertiesOfLater, ...methodsOfLater.map((property) => ({ property, message: newer }))],
      "no-restricted-syntax": ["error", { selector: "CallExpression[callee.property.name='at']", message: newer }],
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
