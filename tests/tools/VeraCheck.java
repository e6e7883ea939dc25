import java.io.FileInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.verapdf.pdfa.validation.validators.ValidatorFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Holds PDF files against profiles of veraPDF: {@code VeraCheck 3a,ua1 FILE...}.
 *
 * <p>Prints a line for each file and profile, {@code file TAB profile TAB passed|failed|error}, and under it a
 * line for each rule that is broken, {@code TAB clause-test TAB count TAB message}. Exits with 1 unless all pass.
 */
public final class VeraCheck {
  private static final String PROFILES = "org/verapdf/pdfa/validation/";

  public static void main(String[] arguments) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    boolean sound = true;
    for (int i = 1; i < arguments.length; i++) {
      for (String profile : arguments[0].split(",")) {
        sound &= check(arguments[i], PDFAFlavour.byFlavourId(profile));
      }
    }
    System.exit(sound ? 0 : 1);
  }

  private static boolean check(String file, PDFAFlavour flavour) {
    try (InputStream stream = new FileInputStream(file);
        PDFAParser parser = Foundries.defaultInstance().createParser(stream, flavour)) {
      PDFAValidator validator = ValidatorFactory.createValidator(profile(flavour), false);
      ValidationResult result = validator.validate(parser);
      System.out.println(file + "\t" + flavour.getId() + "\t" + (result.isCompliant() ? "passed" : "failed"));
      report(result);
      return result.isCompliant();
    } catch (Exception error) {
      System.out.println(file + "\t" + flavour.getId() + "\terror");
      System.out.println("\t-\t1\t" + error);
      return false;
    }
  }

  private static void report(ValidationResult result) {
    Map<RuleId, List<TestAssertion>> broken = new LinkedHashMap<>();
    for (TestAssertion assertion : result.getTestAssertions()) {
      if (assertion.getStatus() == TestAssertion.Status.FAILED) {
        broken.computeIfAbsent(assertion.getRuleId(), key -> new ArrayList<>()).add(assertion);
      }
    }
    for (Map.Entry<RuleId, List<TestAssertion>> entry : broken.entrySet()) {
      RuleId rule = entry.getKey();
      String message = entry.getValue().get(0).getMessage().replaceAll("\\s+", " ");
      System.out.println(
          "\t" + rule.getClause() + "-" + rule.getTestNumber() + "\t" + entry.getValue().size() + "\t" + message);
    }
  }

  /** The engine's own reader of profiles needs classes that the jar leaves out. */
  private static ValidationProfile profile(PDFAFlavour flavour) throws Exception {
    String name = flavour.getId().equals("ua1") ? "PDFUA-1" : "PDFA-" + flavour.getId().toUpperCase();
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    Element root;
    try (InputStream xml = VeraCheck.class.getClassLoader().getResourceAsStream(PROFILES + name + ".xml")) {
      root = factory.newDocumentBuilder().parse(xml).getDocumentElement();
    }
    Set<Rule> rules = new HashSet<>();
    for (Element rule : children(root, "rule")) {
      rules.add(rule(rule));
    }
    Set<Variable> variables = new HashSet<>();
    for (Element variable : children(root, "variable")) {
      variables.add(
          Profiles.variableFromValues(
              variable.getAttribute("name"),
              variable.getAttribute("object"),
              text(variable, "defaultValue"),
              text(variable, "value")));
    }
    return Profiles.profileFromValues(
        flavour, Profiles.profileDetailsFromValues("", "", "", new Date(0)), "", rules, variables);
  }

  private static Rule rule(Element rule) {
    Element id = children(rule, "id").get(0);
    List<ErrorArgument> arguments = new ArrayList<>();
    for (Element argument : children(rule, "argument")) {
      String name = argument.hasAttribute("name") ? argument.getAttribute("name") : null;
      arguments.add(ErrorArgumentImpl.fromValues(argument.getTextContent(), name, null));
    }
    return Profiles.ruleFromValues(
        Profiles.ruleIdFromValues(
            PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
            id.getAttribute("clause"),
            Integer.parseInt(id.getAttribute("testNumber"))),
        rule.getAttribute("object"),
        rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null,
        rule.hasAttribute("tags") ? rule.getAttribute("tags") : null,
        text(rule, "description"),
        text(rule, "test"),
        Profiles.errorFromValues(text(children(rule, "error").get(0), "message"), arguments),
        new ArrayList<>());
  }

  private static List<Element> children(Element parent, String name) {
    NodeList found = parent.getElementsByTagNameNS("*", name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  private static String text(Element parent, String name) {
    List<Element> found = children(parent, name);
    return found.isEmpty() ? "" : found.get(0).getTextContent();
  }

  private VeraCheck() {}
}
