using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Review.Clang;
using Review.Cli;
using Review.Cli.Cache;
using Review.Cli.Check;
using Review.Dev.Corpus;
using Review.Dev.Precision;
using Review.Kernel;
using Review.Kernel.Architectures;

namespace Review.Dev.Bench;

/// <summary>Runs mmreview and the tools beside it on the same files with the same flags, and writes the comparison.</summary>
internal sealed class BenchCommand : Command
{
    private readonly Argument<string[]> files = new("FILE") { Description = "files of the tree; default: mm/madvise.c mm/gup.c", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string> kernel = new("--kernel") { Description = "a kernel tree", Required = true };
    private readonly Option<string> tool = new("--tool") { Description = "the built program; of one whose name ends in .dll, dotnet is started", DefaultValueFactory = static _ => "artifacts/tool/mmreview" };
    private readonly Option<int> runs = new("--runs") { Description = "runs of everything", DefaultValueFactory = static _ => 3 };
    private readonly Option<bool> noInstall = new("--no-install") { Description = "do not install missing tools with apt-get" };
    private readonly Option<string?> whole = new("--whole") { Description = "also every file that kbuild selects with this configuration file, with mmreview only; takes minutes" };
    private readonly Option<string> corpus = new("--corpus") { Description = "folder with mutations/, of which series of patches are made", DefaultValueFactory = static _ => "tests/corpus" };
    private readonly Option<string> verdicts = new("--verdicts") { Description = "what people who read our findings say of each", DefaultValueFactory = static _ => "docs/verdicts.tsv" };
    private readonly Option<string> peers = new("--peers") { Description = "the same for the other tools", DefaultValueFactory = static _ => "docs/peers.tsv" };
    private readonly Option<string> output = new("-o") { Description = "the page to write; the chart lies beside it as .svg", DefaultValueFactory = static _ => "bench.md" };

    public BenchCommand()
        : base("bench", "Measures mmreview beside other tools, and writes a table and a chart")
    {
        Arguments.Add(files);
        foreach (var option in (Option[])[kernel, tool, runs, noInstall, whole, corpus, verdicts, peers, output])
        {
            Options.Add(option);
        }

        SetAction(Run);
    }

    private int Run(ParseResult parsed)
    {
        var program = Path.GetFullPath(parsed.GetValue(tool)!);
        if (!File.Exists(program))
        {
            throw new UserError($"there is no {program}", "run ./mmreview --version once, which builds it, or name one with --tool");
        }

        var folder = Path.GetFullPath(parsed.GetValue(kernel)!);
        ImmutableArray<string> named = parsed.GetValue(files) is { Length: > 0 } given ? [.. given] : ["mm/madvise.c", "mm/gup.c"];
        if (!parsed.GetValue(noInstall))
        {
            Install();
        }

        var scratch = Directory.CreateTempSubdirectory("mmreview-bench-").FullName;
        try
        {
            var mail = new CorpusMail(folder, Mutation.ReadAll(Path.Combine(parsed.GetValue(corpus)!, "mutations")), scratch);
            var aims = new AimRuns(new OurProgram(program, folder, Path.Combine(scratch, "ours")), mail, named);
            var page = Measure(folder, scratch, named, aims, parsed.GetValue(runs), parsed.GetValue(whole) is { } configuration ? Path.GetFullPath(configuration) : null, Verdict.ReadAll(parsed.GetValue(verdicts)!), PeerVerdict.ReadAll(parsed.GetValue(peers)!));
            var target = parsed.GetValue(output)!;
            var chart = Path.ChangeExtension(target, ".svg");
            var text = page.ToMarkdown(Path.GetFileName(chart));
            File.WriteAllText(target, text);
            File.WriteAllText(chart, page.ToSvg());
            Console.Out.Write(text);
            return ExitStatus.Clean;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    /// <summary>Seconds that clang -fsyntax-only takes for mm/madvise.c or mm/gup.c on the machines that the project has promised its times for.</summary>
    public const double ParseWhereLimitsWereSet = 0.3;

    private static BenchPage Measure(string folder, string scratch, ImmutableArray<string> named, AimRuns aims, int runs, string? whole, Dictionary<string, Verdict> verdicts, ImmutableArray<PeerVerdict> peerVerdicts)
    {
        using var cache = CacheDirectory.Open(Path.Combine(scratch, "cache"));
        using var source = KernelSource.Open(cache, folder, null);
        using var parser = new ClangParser();
        var prepared = new BuildPreparation(cache, source, useCache: true, nameof(Bench)).Prepare(Architecture.X86, ConfigurationSource.Default, null, parser, named);
        var subjects = named.Select(Subject).ToList();
        var installed = Peer.All.Where(static peer => IsInstalled(peer.Program)).ToList();
        var measurements = new Measurements();
        measurements.Add(Peer.Yardstick.Name, () => OnAll(Peer.Yardstick));
        aims.AddCompared(measurements);
        foreach (var peer in installed)
        {
            measurements.Add(peer.Name, () => OnAll(peer));
        }

        aims.AddOwn(measurements, file => On(Peer.Yardstick, Subject(file)), [.. prepared.Build.Kbuild.SelectedEverywhere.Where(static file => file.StartsWith("mm/", StringComparison.Ordinal))], whole);
        measurements.Run(runs);
        var yardstick = measurements.MedianOf(Peer.Yardstick.Name);
        return new BenchPage(
            string.Create(CultureInfo.InvariantCulture, $"Linux {prepared.Build.Version}, {prepared.Build.Architecture.Name}, {prepared.Build.Configuration.Name} configuration, {string.Join(" and ", named)}; {Environment.ProcessorCount} processors, medians of {runs}, and of {runs * (1 + Measurements.More)} where a run takes about a second. One parse of a file by clang takes {yardstick.Wall / named.Length:0.00} s here; the limits in seconds below were set where it takes {ParseWhereLimitsWereSet:0.00} s, and what a time would be there stands in brackets (\"only there\": it keeps the limit there and not here)."),
            new BenchRow(Peer.Yardstick.Name, yardstick),
            [
                new BenchRow(AimRuns.StartUp, measurements.MedianOf(AimRuns.StartUp)),
                .. ((string[])[AimRuns.EmptyCache, AimRuns.SecondRun, AimRuns.TreeKnown, AimRuns.Unchanged]).Select(Ours),
                .. installed.Select(peer => OfPeer(peer, measurements.MedianOf(peer.Name))),
                .. Peer.All.Except(installed).Select(static peer => new BenchRow(peer.Name, null)),
            ],
            aims.Read(measurements, Peer.Yardstick.Name, installed.Find(static peer => peer == Peer.Analyzer)?.Name));

        BenchFile Subject(string file) => new(file, prepared.Root, prepared.Build.Arguments.For(file, prepared.Root, prepared.Headers));

        MeasuredRun OnAll(Peer peer) => MeasuredRun.Sum([.. subjects.Select(file => On(peer, file))]);

        MeasuredRun On(Peer peer, BenchFile file) => MeasuredRun.Sum([.. peer.Commands(file).Select(arguments => MeasuredRun.Of(peer.Program, arguments, scratch))]);

        BenchRow OfPeer(Peer peer, MeasuredRun run)
        {
            var findings = PeerFinding.Read(peer.Name, prepared.Root, run.Output);
            var read = findings.Select(finding => PeerVerdict.Of(peerVerdicts, finding)).ToList();
            return new BenchRow(peer.Name, run, findings.Length, read.Count(static verdict => verdict?.IsTrue == true), read.Count(static verdict => verdict is null));
        }

        BenchRow Ours(string name)
        {
            var run = measurements.MedianOf(name);
            var read = JsonNode.Parse(run.Output)!["findings"]!.AsArray().Select(finding => verdicts.GetValueOrDefault((string)finding!["fingerprint"]!)).ToList();
            return new BenchRow(name, run, read.Count, read.Count(static verdict => verdict?.IsTrue == true), read.Count(static verdict => verdict is null));
        }
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Installs what is missing of the tools; what cannot be installed has a line that says so in the table.</summary>
    private static void Install()
    {
        var missing = Peer.All.Append(Peer.Yardstick).Where(static peer => peer.Package.Length > 0 && !IsInstalled(peer.Program)).Select(static peer => peer.Package).Distinct(StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
        {
            Console.Error.WriteLine($"mmreview: installing with apt-get: {string.Join(' ', missing)}");
            var run = MeasuredRun.Of("apt-get", ["-qq", "install", "-y", "--no-install-recommends", .. missing], "/", ("DEBIAN_FRONTEND", "noninteractive"));
            Console.Error.Write(run.Output.Split('\n').LastOrDefault(static line => line.StartsWith("E:", StringComparison.Ordinal)) is { } trouble ? $"mmreview: {trouble}\n" : "");
        }
    }
}
