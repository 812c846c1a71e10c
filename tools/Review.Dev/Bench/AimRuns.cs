using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Review.Cli;

namespace Review.Dev.Bench;

/// <summary>The runs that tell whether mmreview is as fast as it promises, and what they say. "Empty cache" is nothing kept of any earlier run; "tree known" is configuration and compiled headers kept, and no result; in between, "second run", they are compiled.</summary>
/// <param name="ours">The program.</param>
/// <param name="mail">Where series come from.</param>
/// <param name="files">The files that are compared with other tools.</param>
internal sealed partial class AimRuns(OurProgram ours, CorpusMail mail, ImmutableArray<string> files)
{
    public const string StartUp = "mmreview --version: start-up";
    public const string EmptyCache = "mmreview check, empty cache";
    public const string SecondRun = "mmreview check, second run, without results";
    public const string TreeKnown = "mmreview check, tree known";
    public const string Unchanged = "mmreview check, nothing changed";
    private const string Directory = "mm/**/*.c";
    private const string DirectoryEmpty = $"mmreview check '{Directory}', empty cache";
    private const string DirectoryUnchanged = $"mmreview check '{Directory}', nothing changed";
    private const string DirectoryParse = $"clang -fsyntax-only '{Directory}', one after another";
    private const string Everything = "mmreview check --all, empty cache";
    private const int Long = 20;

    /// <summary>Seconds that all files of mm/ may take, and that clang takes for them one after another on the machines that this was promised for.</summary>
    private const double DirectoryLimit = 12;

    private const double DirectoryParseWhereLimitsWereSet = 33;

    /// <summary>What makes the tree known to the reviews of mail after it.</summary>
    private const string Warming = "mmreview patch, comments only";

    private const string OtherMail = "mmreview patch, a mail about other files";

    private static readonly ImmutableArray<string> ManyFiles = ["mm/madvise.c", "mm/gup.c", "mm/memory.c", "mm/mprotect.c", "mm/mremap.c", "mm/khugepaged.c"];

    private readonly List<ImmutableArray<string>> series = [];

    /// <summary>Adds what is compared with other tools.</summary>
    public void AddCompared(Measurements measurements)
    {
        measurements.Add(StartUp, ours.StartUp, Repetition.Often);
        measurements.Add(EmptyCache, () => ours.Check(files, keepTree: false, keepResults: false));
        measurements.Add(SecondRun, () => ours.Check(files, keepTree: true, keepResults: false));
        measurements.Add(TreeKnown, () => ours.Check(files, keepTree: true, keepResults: false), Repetition.Often);
        measurements.Add(Unchanged, () => ours.Check(files, keepTree: true, keepResults: true), Repetition.Often);
    }

    /// <summary>Adds what only mmreview does: shares of rules, the whole of mm/, and mail.</summary>
    /// <param name="measurements">Where they are added.</param>
    /// <param name="parse">Runs clang -fsyntax-only on one file.</param>
    /// <param name="selected">The files of mm/ that kbuild selects.</param>
    /// <param name="configuration">A configuration file with which the whole tree is checked as well; null for none.</param>
    public void AddOwn(Measurements measurements, Func<string, MeasuredRun> parse, ImmutableArray<string> selected, string? configuration)
    {
        foreach (var file in files)
        {
            measurements.Add(ParseOf(file), () => parse(file), Repetition.Often);
            measurements.Add(RulesOf(file), () => ours.Profile(file), Repetition.Often);
        }

        measurements.Add(DirectoryParse, () => MeasuredRun.Sum([.. selected.Select(parse)]), Repetition.Once);
        measurements.Add(DirectoryEmpty, () => ours.Check([Directory], keepTree: false, keepResults: false));
        measurements.Add(DirectoryUnchanged, () => ours.Check([Directory], keepTree: true, keepResults: true));
        var (comments, foreign) = (mail.WriteComment(ManyFiles), mail.WriteForeign());
        measurements.Add(Warming, () => ours.Patch(comments));
        measurements.Add(OtherMail, () => ours.Patch(foreign), Repetition.Often);
        foreach (var file in files.Union(ManyFiles, StringComparer.Ordinal))
        {
            var (first, _) = mail.Write([file], 1);
            measurements.Add(NameOf([file], 1), () => ours.Patch(first), Repetition.Often);
        }

        foreach (var several in files.Select(static file => (ImmutableArray<string>)[file]).Append(files).Append(ManyFiles).DistinctBy(static several => string.Join(' ', several)))
        {
            var (twenty, squashed) = mail.Write(several, Long);
            measurements.Add(NameOf(several, Long), () => ours.Patch(twenty), Repetition.Often);
            measurements.Add(SquashedOf(several), () => ours.Patch(squashed), Repetition.Often);
            series.Add(several);
        }

        if (configuration is not null)
        {
            measurements.Add(Everything, () => ours.CheckAll(configuration), Repetition.Once);
        }
    }

    /// <summary>What the runs say.</summary>
    /// <param name="measurements">The runs.</param>
    /// <param name="yardstick">The name of clang's parse among them.</param>
    /// <param name="analyzer">The name of clang's analyzer among them; null if it did not run.</param>
    public IReadOnlyList<Aim> Read(Measurements measurements, string yardstick, string? analyzer)
    {
        var (clang, start) = (measurements.MedianOf(yardstick), measurements.MedianOf(StartUp));
        var compared = string.Join(" and ", files);
        var aims = new List<Aim> { Seconds("start-up", StartUp, 0.15) };
        foreach (var name in (string[])[EmptyCache, SecondRun, TreeKnown])
        {
            var run = measurements.MedianOf(name);
            aims.Add(Ratio($"{name[9..]}: {compared} less start-up, wall time against clang -fsyntax-only", (run.Wall - start.Wall) / clang.Wall, 1.5));
            aims.Add(Ratio($"the same, processor time", (run.Processor - start.Processor) / clang.Processor, 1.5));
        }

        if (analyzer is not null)
        {
            var times = measurements.MedianOf(analyzer).Wall / measurements.MedianOf(EmptyCache).Wall;
            aims.Add(new Aim($"check, empty cache: faster than clang --analyze", Times(times), "at least 5x", times >= 5));
        }

        aims.Add(Seconds($"check, nothing changed: {compared}", Unchanged, 0.25));
        var rounds = files.Select(file => measurements.RunsOf(RulesOf(file)).Select(static run => RulesIn(run.Output).Seconds)).Aggregate(static (sum, next) => sum.Zip(next, static (one, other) => one + other));
        aims.Add(Share($"all rules and their facts, {compared}, of clang -fsyntax-only", [.. rounds.Select(seconds => 100 * seconds / files.Sum(file => measurements.MedianOf(ParseOf(file)).Wall))]));
        foreach (var file in files)
        {
            var rules = measurements.RunsOf(RulesOf(file)).Select(static run => RulesIn(run.Output)).ToList();
            var alone = measurements.MedianOf(ParseOf(file)).Wall;
            aims.Add(Share($"all rules and their facts, {file}, of clang -fsyntax-only", [.. rules.Select(run => 100 * run.Seconds / alone)]));
            aims.Add(Share("the same, of clang's parse inside of mmreview, which has huge pages", [.. rules.Select(static run => run.Share)]));
        }

        aims.Add(Seconds($"check '{Directory}', empty cache: {Analysed(DirectoryEmpty)}", DirectoryEmpty, DirectoryLimit));
        var (whole, parsed) = (measurements.MedianOf(DirectoryEmpty).Wall, measurements.MedianOf(DirectoryParse).Wall);
        aims.Add(Ratio(string.Create(CultureInfo.InvariantCulture, $"the same, against clang -fsyntax-only of these files one after another ({parsed:0.0} s)"), whole / parsed, Math.Round(DirectoryLimit / DirectoryParseWhereLimitsWereSet, 2)));
        var memory = measurements.MedianOf(DirectoryEmpty).Memory / 1e6;
        aims.Add(new Aim("the same, memory at most", string.Create(CultureInfo.InvariantCulture, $"{memory:0} MB"), "at most 600 MB", memory <= 600));
        aims.Add(Seconds($"check '{Directory}', nothing changed", DirectoryUnchanged, 1));
        var other = 1000 * (measurements.MedianOf(OtherMail).Wall - start.Wall);
        aims.Add(new Aim("patch: a mail about other files, less start-up", string.Create(CultureInfo.InvariantCulture, $"{other:0} ms"), "at most 20 ms", other <= 20));
        aims.AddRange(files.Select(file => Seconds($"patch, tree known: one patch on {file}", NameOf([file], 1), 1)));
        foreach (var several in series)
        {
            var what = several.Length > files.Length ? $"{several.Length} files of mm/" : string.Join(" and ", several);
            var (wall, squashed) = (measurements.MedianOf(NameOf(several, Long)).Wall, measurements.MedianOf(SquashedOf(several)).Wall);
            var alone = several.Average(file => measurements.MedianOf(NameOf([file], 1)).Wall);
            aims.Add(Ratio($"patch, tree known: {Long} patches on {what} ({wall:0.00} s), against one of them alone{(several.Length > 1 ? ", the mean of one on each file" : "")} ({alone:0.00} s)", wall / alone, 3));
            aims.Add(Ratio($"the same, against one patch that does all of it ({squashed:0.00} s)", wall / squashed, 3));
        }

        if (measurements.Has(Everything))
        {
            var all = measurements.MedianOf(Everything);
            aims.Add(new Aim($"check --all, empty cache: {Analysed(Everything)}", string.Create(CultureInfo.InvariantCulture, $"{all.Wall:0} s, {all.Memory / 1e6:0} MB"), "ends", true));
        }

        return aims;

        Aim Seconds(string what, string name, double limit)
        {
            var wall = measurements.MedianOf(name).Wall;
            var pace = BenchCommand.ParseWhereLimitsWereSet / (clang.Wall / files.Length);
            return new Aim(what, string.Create(CultureInfo.InvariantCulture, $"{wall:0.00} s ({wall * pace:0.00} s)"), string.Create(CultureInfo.InvariantCulture, $"at most {limit} s"), wall <= limit, wall * pace <= limit);
        }

        string Analysed(string name)
        {
            var report = JsonNode.Parse(measurements.MedianOf(name).Output)!;
            return $"{report["stats"]!["files"]} files, {report["stats"]!["notAnalysed"]} functions or files not analysed";
        }
    }

    private static Aim Ratio(string what, double ratio, double limit) => new(what, Times(ratio), string.Create(CultureInfo.InvariantCulture, $"at most {limit}x"), ratio <= limit);

    private static string Times(double ratio) => string.Create(CultureInfo.InvariantCulture, $"{ratio:0.00}x");

    private static string RulesOf(string file) => $"mmreview check {file} --profile";

    private static string NameOf(ImmutableArray<string> several, int patches) => $"mmreview patch, {patches} on {string.Join(", ", several)}";

    private static string SquashedOf(ImmutableArray<string> several) => $"mmreview patch, all in one on {string.Join(", ", several)}";

    private static string ParseOf(string file) => $"clang -fsyntax-only {file}";

    private static Aim Share(string what, IReadOnlyList<double> shares)
    {
        var share = MeasuredRun.Middle([.. shares]);
        return new Aim(what, string.Create(CultureInfo.InvariantCulture, $"{share:0.0} % ({shares.Min():0.0}-{shares.Max():0.0})"), "at most 25 %", share <= 25);
    }

    private static (double Seconds, double Share) RulesIn(string output) => RulesLine().Match(output) is { Success: true } line
        ? (double.Parse(line.Groups[1].ValueSpan, CultureInfo.InvariantCulture), double.Parse(line.Groups[2].ValueSpan, CultureInfo.InvariantCulture))
        : throw new UserError("check --profile prints no line for all rules", "look at what it prints");

    [GeneratedRegex(@"([\d.]+) +([\d.]+)%  all rules and their facts")]
    private static partial Regex RulesLine();
}
