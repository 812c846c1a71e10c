using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Review.Core.Syntax;

namespace Review.Flow.Facts;

/// <summary>The facts of all subjects about the functions of one file, or of several files that are looked at together.</summary>
public sealed class FileFacts
{
    private static readonly ConditionalWeakTable<TranslationUnit, FileFacts> Known = [];
    private static readonly ConditionalWeakTable<TranslationUnit, FileFacts> OwnFunctions = [];

    private readonly ConcurrentDictionary<FactTable, Lazy<SubjectFacts>> subjects = [];
    private readonly FoundFacts elsewhere;

    private readonly FactReach reach;

    private FileFacts(IEnumerable<TranslationUnit> units, FoundFacts elsewhere, FactReach reach = FactReach.Everywhere)
    {
        this.elsewhere = elsewhere;
        this.reach = reach;
        Graph = new CallGraph(units, elsewhere, withHeaders: reach == FactReach.Everywhere);
        foreach (var unit in Graph.Units)
        {
            InferenceHistory.Of(unit)?.Retain(unit);
        }
    }

    internal CallGraph Graph { get; }

    /// <summary>
    /// From now on, whoever asks what calls in one of these files do sees through the functions of all of them. To be called before anybody has asked, and with the
    /// files of one architecture and configuration only.
    /// </summary>
    /// <param name="units">The files; the order does not matter.</param>
    /// <param name="elsewhere">What was found out about functions of further files.</param>
    public static void Join(IEnumerable<TranslationUnit> units, FoundFacts elsewhere)
    {
        ArgumentNullException.ThrowIfNull(elsewhere);
        var ordered = units.OrderBy(static unit => unit.Path, StringComparer.Ordinal).ToList();
        var joined = new FileFacts(ordered, elsewhere);
        foreach (var unit in ordered)
        {
            Known.AddOrUpdate(unit, joined);
        }
    }

    /// <summary>What the functions that the files make known to others do in the terms of some domains, line by line; the files as they were joined.</summary>
    public static IEnumerable<(string Subject, string File, FactLine Line)> Export(IReadOnlyCollection<TranslationUnit> units, IEnumerable<FactDomain> domains)
    {
        ArgumentNullException.ThrowIfNull(units);
        if (units.FirstOrDefault() is not { } first)
        {
            return [];
        }

        var facts = Of(first);
        var tables = domains.SelectMany(static domain => new[] { domain.Known, domain.Known.Base }).OfType<FactTable>().Distinct().OrderBy(static table => table.Name, StringComparer.Ordinal);
        return tables.AsParallel().AsOrdered().SelectMany(table => facts.SubjectOf(table).Export().Select(line => (table.Name, line.File, line.Line)));
    }

    /// <summary>The facts that count for a file.</summary>
    internal static FileFacts Of(TranslationUnit unit, FactReach reach) => reach == FactReach.OwnFunctions
        ? OwnFunctions.GetValue(unit, static unit => new FileFacts([unit], FoundFacts.None, FactReach.OwnFunctions))
        : Of(unit);

    /// <summary>The facts that count for a file, from everywhere.</summary>
    internal static FileFacts Of(TranslationUnit unit) => Known.GetValue(unit, static unit => new FileFacts([unit], FoundFacts.None));

    /// <summary>The facts of a subject.</summary>
    internal SubjectFacts SubjectOf(FactTable table) => subjects.GetOrAdd(
        table, table => new Lazy<SubjectFacts>(() => new SubjectFacts(Graph, table, elsewhere.Of(table), table.Base is { } below ? SubjectOf(below) : null, reach))).Value;
}
