using System.Collections.Immutable;
using Review.Tables.Decisions;
using Review.Tables.Lookups;
using Review.Tables.Proofs;
using Review.Tables.Specification;

namespace Review.Tables.Extraction;

/// <summary>Makes a behavior table of what C code decides: of functions with switches, of arrays, or of a lookup function.</summary>
/// <param name="source">The code.</param>
/// <param name="values">Every advice and its value.</param>
/// <param name="reference">A table that knows since when there is an advice, and what is worth noting.</param>
public sealed class TableExtraction(LookupSource source, IReadOnlyDictionary<string, long> values, BehaviorTable reference)
{
    private const string DefaultName = "madvise_info";

    private readonly List<HashSet<string>> sets = [.. EquivalenceProof.Sets(source.Options)];

    private LookupFile Whole => source.With(sets[^1]);

    /// <summary>The table.</summary>
    /// <exception cref="LookupException">The code decides nothing about advice that can be computed.</exception>
    public BehaviorTable Extract()
    {
        var decisions = sets.SelectMany(on => source.With(on).Decisions()).Distinct(StringComparer.Ordinal).ToList();
        var lookups = decisions.Where(static decision => decision.Contains('.', StringComparison.Ordinal)).ToList();
        var functions = decisions.Where(decision => !decision.Contains('.', StringComparison.Ordinal) && IsComputed(decision)).ToList();
        var columns = functions.Select(ColumnOf).OrderBy(static column => column.Order).ToList();
        if (columns.Count == 0)
        {
            // Nobody asks a lookup anything here: its members are the questions. A function that looks into an array says more than the array.
            var isFunction = lookups.Exists(lookup => !Whole.IsArray(lookup.Split('.')[0]));
            lookups = [.. lookups.Where(lookup => !isFunction || !Whole.IsArray(lookup.Split('.')[0])).GroupBy(static lookup => lookup.Split('.')[1], StringComparer.Ordinal).Select(static same => same.First())];
            columns = [.. lookups.Where(IsComputed).Select(lookup => (lookup, ColumnOf(lookup.Split('.')[1], lookup, null), 0))];
        }

        if (columns.Count == 0)
        {
            throw new LookupException($"{source.Path} decides nothing about advice that depends on the advice alone", "name a file with a switch over MADV_ values, or an array of them");
        }

        // Of several with one part to play the first plays it; the others are called as their functions are.
        var named = columns.Select((column, i) => (column.Decision, Column: columns.FindIndex(other => other.Column.Name == column.Column.Name) == i ? column.Column : column.Column with { Name = column.Decision })).ToList();
        var destructive = new TableColumn("destructive", ["no", "yes"], null, []);
        var rows = values.Where(static value => !Advice.IsInternal(value.Key) && value.Value is >= 0 and <= int.MaxValue).OrderBy(static value => value.Value)
            .Select(value => RowOf(value.Key, (int)value.Value, named, destructive)).ToList();
        var options = rows.SelectMany(static row => row.Cells.Values).SelectMany(static cell => cell.Answers).SelectMany(static answer => answer.When.Options).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var table = new BehaviorTable(lookups.FirstOrDefault()?.Split('.')[0] ?? DefaultName, [.. options], [.. named.Select(static column => column.Column), destructive], rows);
        return EquivalenceProof.Compare(table, source).Differences.FirstOrDefault(static difference => difference.Second != Answers.Undefined) is { } first
            ? throw new LookupException($"{source.Path}: {first.Decision} answers {first.Second} for {first.Low}, which no advice is called", "a table holds advice with names only") : table;
    }

    private bool IsComputed(string decision) => sets.TrueForAll(on => !source.With(on).Has(decision.Split('.')[0]) || source.With(on).AnswersOf(decision) is not null);

    private (string Decision, TableColumn Column, int Order) ColumnOf(string function)
    {
        var role = Whole.RoleOf(function);
        var name = role switch
        {
            DecisionRole.Valid => "valid",
            DecisionRole.Remote => "process_madvise",
            DecisionRole.Lock => "lock",
            DecisionRole.TlbBatching => "tlb_batching",
            _ => function,
        };
        return (function, ColumnOf(name, function, function), role == DecisionRole.Other ? int.MaxValue : (int)role);
    }

    private TableColumn ColumnOf(string name, string decision, string? function)
    {
        var all = sets.Select(on => source.With(on).AnswersOf(decision)).OfType<Answers>().ToList();
        var @default = all[0].AnswerOfOthers(values.Values);
        List<string> answers = [@default, .. all.SelectMany(static known => known.Ranges).Select(static range => range.Answer).Where(answer => answer != @default && answer != Answers.Undefined).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var isBool = answers.TrueForAll(static answer => answer is "0" or "1");
        var isWrite = function is null || name != "lock" ? null : Whole.TrueMeansWrite(function);
        var words = answers.ConvertAll(answer => isWrite is { } write ? ((answer == "1") == write ? "write" : "read") : isBool ? (answer == "1" ? "yes" : "no") : answer);
        return new TableColumn(name, isBool ? words : EnumeratorWords.Of(words), function, function is null ? [] : answers);
    }

    private TableRow RowOf(string name, int value, List<(string Decision, TableColumn Column)> columns, TableColumn destructive)
    {
        var cells = columns.ToDictionary(static column => column.Column.Name, column => CellOf(value, column.Decision, column.Column), StringComparer.Ordinal);
        var when = cells[columns[0].Column.Name].Answers.FirstOrDefault()?.When ?? Guard.Always;
        cells.Add(destructive.Name, Advice.IsDestructive(name) ? new TableCell([new GuardedAnswer("yes", when)]) : TableCell.Default);
        var known = reference.Rows.FirstOrDefault(row => row.Name == name);
        return new TableRow(name, value, cells, known?.Since ?? "", known?.Notes ?? "");
    }

    private TableCell CellOf(int value, string decision, TableColumn column)
    {
        // Where the file has no such function, nobody asks the question.
        var answers = sets.ConvertAll(on => source.With(on).AnswersOf(decision)?[value] is { } answer && answer != Answers.Undefined ? answer : column.Constants.Count > 0 ? column.Constants[0] : "0");
        var words = answers.ConvertAll(answer => WordOf(column, decision, answer));
        return new TableCell([.. words.Where(word => word != column.Default).Distinct(StringComparer.Ordinal).Select(word => new GuardedAnswer(word, Guard.Of(source.Options, words.ConvertAll(other => other == word))))]);
    }

    private static string WordOf(TableColumn column, string decision, string answer)
    {
        var constants = column.Constants.Count > 0 ? column.Constants : null;
        var index = constants is null ? (answer is "0" ? 0 : column.IsBool ? 1 : -1) : Enumerable.Range(0, constants.Count).FirstOrDefault(i => constants[i] == answer, -1);
        return index >= 0 ? column.Words[index] : throw new LookupException($"{decision} answers {answer}", "only decisions with few answers make a column");
    }
}
