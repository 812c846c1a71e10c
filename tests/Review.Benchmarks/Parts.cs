using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using Review.Clang;
using Review.Cli.Commands;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Syntax;
using Review.Model.Eras;
using Review.Model.Exploration;

namespace Review.Benchmarks;

/// <summary>What <see cref="PartBenchmarks"/> and <see cref="RuleBenchmarks"/> measure. BenchmarkDotNet makes the objects itself, so that what they work on lies here.</summary>
internal static class Parts
{
    private static readonly AnalyzerSet All = RuleAssemblies.Load([]);

    private static ParseRequest? request;
    private static ClangParser? parser;
    private static string? program;

    /// <summary>The names of the rules, in ordinal order.</summary>
    public static IEnumerable<string> Rules => All.Catalog.Rules.Select(static rule => rule.Name).Order(StringComparer.Ordinal);

    /// <summary>Measures one file in this process, whose settings are those of the program, and writes BenchmarkDotNet's tables to standard output.</summary>
    /// <param name="file">The file.</param>
    /// <param name="clang">Parses it.</param>
    /// <param name="exploration">A program for the explorer.</param>
    /// <param name="runs">Measured runs of each part.</param>
    public static void Measure(ParseRequest file, ClangParser clang, string exploration, int runs)
    {
        (request, parser, program) = (file, clang, exploration);
        var artifacts = Directory.CreateTempSubdirectory("mmreview-parts-").FullName;
        try
        {
            var config = ManualConfig.CreateEmpty()
                .AddJob(Job.Default.WithToolchain(InProcessNoEmitToolchain.Instance).WithWarmupCount(2).WithIterationCount(runs).WithInvocationCount(1).WithUnrollFactor(1))
                .AddColumnProvider(DefaultColumnProviders.Descriptor, DefaultColumnProviders.Params, DefaultColumnProviders.Statistics)
                .AddLogger(ConsoleLogger.Ascii)
                .WithArtifactsPath(artifacts)
                .WithOptions(ConfigOptions.DisableOptimizationsValidator);
            _ = BenchmarkRunner.Run<PartBenchmarks>(config);
            _ = BenchmarkRunner.Run<RuleBenchmarks>(config);
        }
        finally
        {
            Directory.Delete(artifacts, recursive: true);
        }
    }

    /// <summary>A new tree of the file.</summary>
    public static TranslationUnit Parse() => parser!.Parse(request!);

    /// <summary>Runs one rule, or all, on one thread; the number of findings.</summary>
    public static int Run(TranslationUnit unit, string? rule)
    {
        var driver = new AnalysisDriver(All, new AnalysisOptions { Parallelism = 1, Rules = rule is null ? RuleSelection.All : RuleSelection.Parse(rule, All.Catalog) });
        return driver.Run(new ToolInfo("", "", "", ""), new KernelInfo("", null, "", ""), [new AnalysisInput(unit.Path, _ => LoadedUnit.Parsed(unit))], CancellationToken.None).Findings.Length;
    }

    /// <summary>Explores the program on the newest kernel that it names; the number of states.</summary>
    public static int Explore()
    {
        var read = ExplorationReader.Read(File.ReadAllText(program!), program!);
        var prepared = ExplorationProgram.Prepare(read, read.Eras[^1], KernelBuild.Recorded);
        return Explorer.Explore(prepared.Program, [.. read.Properties], new ExplorationBounds { UsesReduction = false }).States;
    }
}
