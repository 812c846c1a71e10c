using System.Diagnostics;
using Review.Clang;
using Review.Cli;
using Review.Cli.Commands;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Syntax;

namespace Review.Benchmarks;

/// <summary>One file and the ways to look at it. Each method does the work once and gives the time it took in ms.</summary>
internal sealed class Subject(ParseRequest request, ClangParser parser, string kernel)
{
    private static readonly AnalyzerSet Rules = RuleAssemblies.Load([]);

    private TranslationUnit? unit;

    /// <summary>The time in ms of every rule and of everything that rules share, of each run of <see cref="RunRules"/>.</summary>
    public List<IReadOnlyDictionary<string, double>> Profiles { get; } = [];

    public string File => request.Text.Path;

    /// <summary>clang as a process that only checks the file, with the flags that our parse gets.</summary>
    public double Clang() => Time(() => Run("clang-19", ["-fsyntax-only", "-w", .. request.Arguments, request.AbsolutePath]));

    /// <summary>libclang and the building of our tree, in this process.</summary>
    public double Parse() => Time(() => unit = parser.Parse(request));

    /// <summary>All rules on the tree that the last parse made, on one thread.</summary>
    public double RunRules()
    {
        var made = unit ?? throw new InvalidOperationException("there is no tree yet");
        var profile = new AnalysisProfile();
        var driver = new AnalysisDriver(Rules, new AnalysisOptions { Parallelism = 1, Profile = profile });
        var input = new AnalysisInput(File, _ => LoadedUnit.Parsed(made));
        var time = Time(() => driver.Run(new ToolInfo("", "", "", ""), new KernelInfo("", null, "", ""), [input], CancellationToken.None));
        Profiles.Add(profile.Times.ToDictionary(static one => one.Work, static one => one.Time.TotalMilliseconds, StringComparer.Ordinal));
        return time;
    }

    /// <summary>
    /// The whole program as a process, from start to report, with configuration and headers known from an earlier run. With a profile no result is kept, so that nothing is left out.
    /// </summary>
    public double Program() => Time(() => Run(
        BuiltProgram.File, [.. BuiltProgram.Start, "check", File, "--kernel", kernel, "--fail-on", "never", "--profile"]));

    /// <summary>Measures the parts of a review of the file; see <see cref="Parts"/>.</summary>
    public void MeasureParts(string exploration, int runs) => Parts.Measure(request, parser, exploration, runs);

    private static double Time(Action work)
    {
        var watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static void Run(string name, IEnumerable<string> arguments)
    {
        using var program = ExternalProgram.Start(name, arguments, CancellationToken.None);
        program.Finish($"{name} failed", "run it by hand to see why");
    }
}
