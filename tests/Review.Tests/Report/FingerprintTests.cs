using System.Globalization;

namespace Review.Tests.Report;

public class FingerprintTests
{
    private const string Function = "void f(int n)\n{\n\tif (n)\n\t\tbad();\n}\n";

    [Fact]
    public void Lines_above_change_nothing() =>
        Assert.Equal(FingerprintsOf(Function), FingerprintsOf("\n/* more */\nint x;\n" + Function));

    [Fact]
    public void Formatting_and_comments_change_nothing() =>
        Assert.Equal(FingerprintsOf(Function), FingerprintsOf("void f(int n)\n{\n    if (n)\n        bad ( /* now */ );\n}\n"));

    [Fact]
    public void Another_function_is_another_finding() =>
        Assert.NotEqual(FingerprintsOf(Function), FingerprintsOf(Function.Replace("f(", "g(", StringComparison.Ordinal)));

    [Fact]
    public void Another_statement_is_another_finding() =>
        Assert.NotEqual(FingerprintsOf("void f(int n)\n{\n\tn = 1, bad();\n}\n"), FingerprintsOf("void f(int n)\n{\n\tn = 2, bad();\n}\n"));

    [Fact]
    public void The_file_does_not_count()
    {
        var moved = new SampleAnalysis().Add("mm/moved.c", Function).Run();
        Assert.Equal(FingerprintsOf(Function), moved.Findings.Select(finding => finding.Fingerprint));
    }

    [Fact]
    public void Equal_statements_are_told_apart_in_source_order()
    {
        var both = FingerprintsOf("void f(void)\n{\n\tbad();\n\tbad();\n}\n");
        Assert.Equal(2, both.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(both[0], FingerprintsOf("void f(void)\n{\n\tbad();\n}\n")[0]);
    }

    [Fact]
    public void A_suppressed_twin_keeps_its_number()
    {
        var both = FingerprintsOf("void f(void)\n{\n\tbad();\n\tbad();\n}\n");
        var result = SampleAnalysis.RunOn("void f(void)\n{\n\tbad(); /* mmreview: allow call-of-bad -- first */\n\tbad();\n}\n");
        Assert.Equal(both[1], Assert.Single(result.Findings).Fingerprint);
        Assert.Equal(both[0], Assert.Single(result.Suppressed).Fingerprint);
    }

    [Fact]
    public void The_body_of_an_if_does_not_count_for_its_condition()
    {
        const string Format = "int pair(int a, int b);\n#define TWICE(x) pair(x, x)\nvoid bad(void);\nvoid f(int n)\n{{\n\tif ((bad(), n)) {{\n\t\t{0};\n\t}}\n}}\n";
        Assert.Equal(
            FingerprintsOf(string.Format(CultureInfo.InvariantCulture, Format, "good()")),
            FingerprintsOf(string.Format(CultureInfo.InvariantCulture, Format, "TWICE(1), good()")));
    }

    [Fact]
    public void In_a_macro_the_statement_that_the_file_spells_counts()
    {
        const string Macro = "#define RUN(x) ({ x; bad(); })\n";
        var one = FingerprintsOf(Macro + "void f(int n)\n{\n\tRUN(n = 1);\n}\n");
        var two = FingerprintsOf(Macro + "void f(int n)\n{\n\tRUN(n = 2);\n}\n");
        Assert.Single(one);
        Assert.NotEqual(one, two);
    }

    private static List<string> FingerprintsOf(string code)
    {
        var findings = SampleAnalysis.RunOn(code).Findings;
        Assert.NotEmpty(findings);
        Assert.All(findings, finding => Assert.Matches("^[0-9a-f]{16}$", finding.Fingerprint));
        return [.. findings.Select(finding => finding.Fingerprint)];
    }
}
