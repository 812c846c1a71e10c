using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Review.Cli.Output;
using Review.Core.Diagnostics;
using Review.Model;
using Review.Model.Eras;
using Review.Witness;
using Review.Witness.Claims;
using Review.Witness.Exploration;

namespace Review.Cli.Witness;

/// <summary>One run of <c>mmreview witness</c>.</summary>
internal sealed class WitnessRun(WitnessOptions options, CancellationToken cancellation)
{
    /// <summary>Searches, advice by advice; 1 if a violation was found, 0 if not, also where nothing could be said.</summary>
    public int Run(TextWriter output)
    {
        var (unit, version) = WitnessSource.Load(options, cancellation);
        var program = new WitnessProgram(unit);
        var entry = program.BodyOf(options.Entry);
        if (!program.Has(entry))
        {
            throw new UserError($"{options.File} has no function {options.Entry}", "name another one with --entry");
        }

        var era = FindingWitnesses.EraOf(version);
        var searches = Searches(program, entry, era).ToList();
        output.WriteLine($"{options.Entry}() of {options.File}, Linux {version}, on the model of {era.Name}; at most {options.Bounds.States} states a situation, {options.Bounds.Instructions} instructions a run");
        var isViolated = false;
        foreach (var (name, situations) in searches)
        {
            cancellation.ThrowIfCancellationRequested();
            var start = Stopwatch.GetTimestamp();
            var verdict = program.Explore(entry, situations, ViolationKinds.Definite, options.Bounds);
            isViolated |= verdict.Kind == VerdictKind.Violated;
            Write(output, name, verdict, Stopwatch.GetElapsedTime(start));
        }

        return isViolated ? 1 : 0;
    }

    /// <summary>What is to be searched: the situations of each advice, or the one of a file.</summary>
    private IEnumerable<(string Name, IEnumerable<Situation> Situations)> Searches(WitnessProgram program, string entry, KernelEra era) => options.Scenario is { } file
        ? [(Path.GetFileName(file), [ScenarioSituation.Read(file, era)])]
        : Advices().Select(advice => (Madv.NameOf(advice), ClaimSearch.SituationsOf(entry, advice, era, program.Build)));

    private static void Write(TextWriter output, string name, Verdict verdict, TimeSpan time)
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
            $"{name,-22} {said} [{verdict.Effort.Situations} situations, {verdict.Effort.States} states, {verdict.Effort.Interleavings} interleavings, {time.TotalSeconds:0.00} s]"));
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
}
