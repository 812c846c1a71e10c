using System.Reflection;
using Microsoft.CodeAnalysis;
using Review.Cli.Output;
using Review.Core.Diagnostics;
using Review.Core.Engine;

namespace Review.Tests.Report;

public class AnalysisDriverTests
{
    private const string Code = "void f(int n)\n{\n\tbad();\n\tswitch (n) { }\n}\nint a, b, c;\n";

    private static int computed;

    [Fact]
    public void Findings_say_where_and_how()
    {
        var result = SampleAnalysis.RunOn(Code);
        Assert.Equal(["call-of-bad", "empty-switch", "many-globals"], result.Findings.Select(finding => finding.Rule));
        var call = result.Findings[0];
        Assert.Equal(("KMM9901", DiagnosticSeverity.Warning, "f() calls bad()", "mm/sample.c", "f"), (call.Id, call.Severity, call.Message, call.Path, call.Function));
        Assert.Equal((4, 2, 4, 7), (call.Line, call.Column, call.EndLine, call.EndColumn));
        Assert.Equal([new TraceStep("mm/sample.c", 4, "f", "begins here"), new TraceStep("mm/sample.c", 4, "f", "calls it")], call.Trace.AsEnumerable());
        Assert.Equal("", result.Findings[2].Function);
        Assert.Equal([new AnalysedFile("mm/sample.c", 1)], result.Files.AsEnumerable());
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bytes()
    {
        var serial = Json(1);
        Assert.True(serial.Length > 10_000);
        Assert.All(new[] { 1, 2, 3, 8 }, threads => Assert.Equal(serial, Json(threads)));

        static string Json(int threads)
        {
            var analysis = new SampleAnalysis { Options = new AnalysisOptions { Parallelism = threads } };
            for (var i = 0; i < 12; i++)
            {
                analysis.Add($"mm/file{i % 7}.c", string.Concat(Enumerable.Range(0, 8).Select(f => $"void f{i % 7}_{f}(int n)\n{{\n\tbad(); bad();\n\tswitch (n) {{ }}\n}}\n")));
            }

            return JsonReport.Render(analysis.Report());
        }
    }

    [Fact]
    public void No_more_threads_work_than_were_asked_for()
    {
        var now = 0;
        var most = 0;
        var rules = Enumerable.Range(0, 6).Select(i => new DefectiveRuleOf(i, context => context.RegisterFunctionAction(_ =>
        {
            var running = Interlocked.Increment(ref now);
            InterlockedMax(ref most, running);
            Thread.Sleep(2);
            Interlocked.Decrement(ref now);
        })));
        var analysis = new SampleAnalysis { Rules = AnalyzerSet.Create(rules), Options = new AnalysisOptions { Parallelism = 2 } };
        for (var i = 0; i < 6; i++)
        {
            analysis.Add($"mm/f{i}.c", "void f(void)\n{\n}\nvoid g(void)\n{\n}\n");
        }

        analysis.Run();
        Assert.InRange(most, 1, 2);
    }

    [Fact]
    public void A_rule_that_throws_becomes_a_finding_and_stops_nothing()
    {
        var rules = AnalyzerSet.Create(
        [
            new CallOfBad(),
            new DefectiveRule(context => context.RegisterFunctionAction(context =>
            {
                if (context.Function.Name == "g")
                {
                    throw new KeyNotFoundException("secret /home/path");
                }
            })),
        ]);
        var result = new SampleAnalysis { Rules = rules }.Add("mm/a.c", "void f(void)\n{\n\tbad();\n}\nvoid g(void)\n{\n\tbad();\n}\n").Run();
        Assert.Equal(["f", "g", "g"], result.Findings.Select(finding => finding.Function));
        var failure = Assert.Single(result.Findings, finding => finding.Id == "KMM0001");
        Assert.Equal("rule defective failed with KeyNotFoundException in g()", failure.Message);
        Assert.Equal(DiagnosticSeverity.Error, failure.Severity);
    }

    [Fact]
    public void A_failure_cannot_be_hidden()
    {
        var options = new AnalysisOptions
        {
            Parallelism = 1,
            Severities = SeverityConfiguration.Create([new EditorConfigText(".editorconfig", "[*]\ndotnet_diagnostic.KMM0001.severity = none")]),
        };
        var analysis = new SampleAnalysis { Rules = Defective(_ => throw new InvalidCastException()), Options = options }.Add("mm/a.c", "void f(void)\n{\n}\n");
        var failure = Assert.Single(analysis.Run().Findings);
        var covered = Baseline.From([failure]).Apply([failure]);
        Assert.Equal("engine", failure.Rule);
        Assert.Single(covered.New);
    }

    [Fact]
    public void A_rule_that_fails_to_start_is_reported_per_file()
    {
        var result = new SampleAnalysis { Rules = AnalyzerSet.Create([new DefectiveRule(_ => throw new NotSupportedException()), new CallOfBad()]) }
            .Add("mm/a.c", "void f(void)\n{\n\tbad();\n}\n").Run();
        Assert.Equal(["rule defective failed with NotSupportedException in Initialize()", "f() calls bad()"], result.Findings.Select(finding => finding.Message));
    }

    [Fact]
    public void Reporting_what_was_not_announced_is_a_defect_of_the_rule()
    {
        var foreign = RuleDescriptor.Create("KMM9999", "foreign", "t", "m", RuleCategory.Vma, DiagnosticSeverity.Error);
        var result = new SampleAnalysis { Rules = Defective(context => context.RegisterFunctionAction(context => context.Report(foreign, context.Function.Body))) }
            .Add("mm/a.c", "void f(void)\n{\n}\n").Run();
        Assert.Equal("rule defective failed with InvalidOperationException in f()", Assert.Single(result.Findings).Message);
    }

    [Fact]
    public void A_file_that_cannot_be_loaded_is_not_analysed_and_stops_nothing()
    {
        var result = new SampleAnalysis()
            .Add("mm/b.c", Code)
            .Add(new AnalysisInput("mm/a.c", _ => LoadedUnit.Failed("it is not selected by the configuration", "use --config all")))
            .Add(new AnalysisInput("mm/c.c", _ => throw new InvalidDataException("it is binary")))
            .Run();
        Assert.Equal(3, result.Findings.Length);
        Assert.Equal(["mm/a.c", "mm/b.c", "mm/c.c"], result.Files.Select(file => file.Path));
        Assert.Equal(
            [new NotAnalysed("mm/a.c", null, "it is not selected by the configuration", "use --config all"), new NotAnalysed("mm/c.c", null, "it cannot be read: it is binary", "look at the file, or leave it out")],
            result.NotAnalysed.AsEnumerable());
    }

    [Fact]
    public void A_file_with_errors_is_never_clean()
    {
        var result = SampleAnalysis.RunOn("void f(void)\n{\n\tint x = ;\n}\nvoid g(void)\n{\n\tbad();\n}\n");
        var gap = result.NotAnalysed.First(gap => gap.Function is null);
        Assert.Contains("expected expression (mm/sample.c:4)", gap.Reason, StringComparison.Ordinal);
        Assert.Contains("g", result.Findings.Select(finding => finding.Function));
    }

    [Fact]
    public void Two_architectures_give_one_finding_with_the_shorter_trace()
    {
        const string Both = "void f(void)\n{\n#ifdef ARM\n\tgood();\n#endif\n\tbad();\n}\n#ifdef ARM\nvoid arm(void)\n{\n\tbad();\n}\n#endif\n";
        var result = new SampleAnalysis().Add("mm/a.c", Both).Add("mm/a.c", Both, "-DARM").Run();
        Assert.Equal(["f", "arm"], result.Findings.Select(finding => finding.Function));
        Assert.Equal([new AnalysedFile("mm/a.c", 2)], result.Files.AsEnumerable());
    }

    [Fact]
    public void Cancelling_stops_it()
    {
        using var source = new CancellationTokenSource();
        var rules = Defective(context => context.RegisterFunctionAction(context =>
        {
            source.Cancel();
            context.CancellationToken.ThrowIfCancellationRequested();
        }));
        var analysis = new SampleAnalysis { Rules = rules }.Add("mm/a.c", Code).Add("mm/b.c", Code);
        Assert.ThrowsAny<OperationCanceledException>(() => analysis.Run(source.Token));
    }

    [Fact]
    public void Rules_share_facts_of_a_unit()
    {
        computed = 0;
        var rules = Enumerable.Range(0, 4).Select(static i => new DefectiveRuleOf(i, static context => context.RegisterFunctionAction(static context =>
            context.Facts.Get(static unit =>
            {
                Interlocked.Increment(ref computed);
                return unit.Functions.Select(function => function.Name).ToList();
            }))));
        var result = new SampleAnalysis { Rules = AnalyzerSet.Create(rules) }.Add("mm/a.c", Code).Add("mm/b.c", Code).Run();
        Assert.Empty(result.Findings);
        Assert.Equal(2, computed);
    }

    [Fact]
    public void Rules_are_found_by_reflection_with_their_pages()
    {
        var catalog = AnalyzerSet.Load(Assembly.GetExecutingAssembly(), typeof(KernelAnalyzer).Assembly).Catalog;
        Assert.Equal("CallOfBad", catalog.Find("kmm9901")?.PageStem);
        Assert.NotNull(catalog.Find("Empty-Switch"));
        Assert.All(["engine", "suppression", "unused-suppression"], name => Assert.Contains(name, catalog.Find(name)!.ReadPage(), StringComparison.Ordinal));
        Assert.Null(catalog.Find("call-of-bad")!.ReadPage());
    }

    [Fact]
    public void Two_rules_cannot_share_a_number()
    {
        var exception = Assert.Throws<AnalyzerLoadException>(() => AnalyzerSet.Create([new CallOfBad(), new CallOfBad()]));
        Assert.Equal("CallOfBad and CallOfBad both claim to be KMM9901", exception.Message);
    }

    [Fact]
    public void One_rule_may_word_its_finding_in_several_ways()
    {
        var two = new DescribedRule(Describe("worded", "w1", DiagnosticSeverity.Info), Describe("worded", "w2", DiagnosticSeverity.Warning));
        var rule = Assert.Single(AnalyzerSet.Create([two]).Catalog.Rules, rule => rule.Number == "KMM9700");
        Assert.Equal(DiagnosticSeverity.Warning, rule.Descriptor.DefaultSeverity);
        var findings = new SampleAnalysis { Rules = AnalyzerSet.Create([two]) }.Add("mm/a.c", "void f(void)\n{\n}\n").Run().Findings;
        Assert.Equal([("w1", DiagnosticSeverity.Info), ("w2", DiagnosticSeverity.Warning)], findings.Select(finding => (finding.Message, finding.Severity)));

        var odd = new DescribedRule(Describe("worded", "w1", DiagnosticSeverity.Info), Describe("named", "w2", DiagnosticSeverity.Info));
        Assert.Throws<AnalyzerLoadException>(() => AnalyzerSet.Create([odd]));

        static DiagnosticDescriptor Describe(string name, string message, DiagnosticSeverity severity) =>
            RuleDescriptor.Create("KMM9700", name, "t", message, RuleCategory.Vma, severity);
    }

    private static AnalyzerSet Defective(Action<KernelAnalysisContext> initialize) => AnalyzerSet.Create([new DefectiveRule(initialize)]);

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value)
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }

    private sealed class DefectiveRuleOf(int number, Action<KernelAnalysisContext> initialize) : KernelAnalyzer
    {
        public override System.Collections.Immutable.ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
            [RuleDescriptor.Create($"KMM98{number:D2}", $"rule-{number}", "t", "m", RuleCategory.Vma, DiagnosticSeverity.Warning)];

        public override void Initialize(KernelAnalysisContext context) => initialize(context);
    }

    private sealed class DescribedRule(params DiagnosticDescriptor[] descriptors) : KernelAnalyzer
    {
        public override System.Collections.Immutable.ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [.. descriptors];

        public override void Initialize(KernelAnalysisContext context) => context.RegisterFunctionAction(context =>
        {
            foreach (var descriptor in descriptors)
            {
                context.Report(descriptor, context.Function.Body);
            }
        });
    }
}
