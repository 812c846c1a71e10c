using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Review.Clang;
using Review.Cli.Cache;
using Review.Cli.Check;
using Review.Cli.Output;
using Review.Cli.Trees;
using Review.Core.Diagnostics;
using Review.Core.Syntax;
using Review.Kernel;
using Review.Model;
using Review.Model.Eras;
using Review.Witness;
using Review.Witness.Exploration;

namespace Review.Cli.Witness;

/// <summary>One run of <c>mmreview witness</c>.</summary>
internal sealed class WitnessRun(WitnessOptions options, CancellationToken cancellation)
{
    /// <summary>Searches, advice by advice; 1 if a violation was found, 0 if not, also where nothing could be said.</summary>
    public int Run(TextWriter output)
    {
        var (unit, version) = Load();
        var program = new WitnessProgram(unit);
        if (!program.Has(options.Entry))
        {
            throw new UserError($"{options.File} has no function {options.Entry}", "name another one with --entry");
        }

        var era = EraOf(version);
        output.WriteLine($"{options.Entry}() of {options.File}, Linux {version}, on the model of {era.Name}");
        var isViolated = false;
        foreach (var advice in Advices())
        {
            cancellation.ThrowIfCancellationRequested();
            var start = Stopwatch.GetTimestamp();
            var verdict = program.Explore(options.Entry, Situations.For(advice, era), ViolationKinds.Definite, options.Bounds);
            isViolated |= verdict.Kind == VerdictKind.Violated;
            Write(output, advice, verdict, Stopwatch.GetElapsedTime(start));
        }

        return isViolated ? 1 : 0;
    }

    private static void Write(TextWriter output, int advice, Verdict verdict, TimeSpan time)
    {
        var said = verdict.Kind switch
        {
            VerdictKind.Violated => $"{verdict.Situation}: {verdict.Message}",
            VerdictKind.Clean => "no violation",
            VerdictKind.OutOfBound => $"undecided: {verdict.Message} ({verdict.Situation})",
            _ => $"not witnessed: {verdict.Message} ({verdict.Situation})",
        };
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Madv.NameOf(advice),-22} {said} [{verdict.Effort.Situations} situations, {verdict.Effort.States} states, {verdict.Effort.Interleavings} interleavings, {time.TotalSeconds:0.00} s]"));
        if (verdict.Kind == VerdictKind.Violated)
        {
            foreach (var row in WitnessTable.Lines(new WitnessResult(WitnessStatus.Confirmed, verdict.Steps, verdict.Message)))
            {
                output.WriteLine($"  {row}");
            }
        }
    }

    private ImmutableArray<int> Advices() => options.Advice.IsEmpty
        ? [.. Madv.Names.Keys]
        :
        [
            .. options.Advice.Select(static name =>
                int.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value
                    : Madv.Names.FirstOrDefault(pair => pair.Value == name || pair.Value == "MADV_" + name) is { Value: not null } known ? known.Key
                    : throw new UserError($"unknown advice '{name}'", "name one as madvise(2) does, or give its number")),
        ];

    private static KernelEra EraOf(KernelVersion version) =>
        KernelEra.All.LastOrDefault(era => era.Version <= (version.Major * 100) + version.Patchlevel) ?? KernelEra.All[0];

    private (TranslationUnit Unit, KernelVersion Version) Load()
    {
        var check = new CheckOptions { Kernel = options.Kernel, Revision = options.Revision, Architectures = [options.Architecture], Configuration = "default", Files = [options.File] };
        using var cache = CacheDirectory.Open();
        var location = new KernelLocator(cache, Environment.CurrentDirectory, Environment.GetEnvironmentVariable).Locate(options.Kernel, Progress.ToTerminal, cancellation);
        using var source = KernelSource.Open(cache, location.Folder, options.Revision);
        using var parser = new ClangParser();
        try
        {
            var selected = SelectedFiles.Prepare(check, source, new BuildPreparation(cache, source, check.UseCache, SelectedFiles.Makers(ToolVersions.Read())), parser);
            using var loader = new UnitLoader(source.Tree, CheckRun.Commands(source, selected.Configuration));
            var loaded = loader.Load(selected.Files[0], selected.Kernels[0], cancellation);
            return loaded.Unit is { } unit ? (unit, selected.Kernels[0].Build.Version) : throw new UserError($"{options.File} cannot be run: {loaded.Reason}", loaded.Cure);
        }
        catch (KernelTreeException trouble)
        {
            throw new UserError(trouble.Message, "name another tree with --kernel");
        }
    }
}
