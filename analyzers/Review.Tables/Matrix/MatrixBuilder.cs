using System.Collections.Immutable;
using Review.Core.Syntax;
using Review.Tables.Decisions;
using Review.Tables.Lookups;
using Review.Tables.Proofs;
using Review.Tables.Specification;

namespace Review.Tables.Matrix;

/// <summary>
/// Makes the matrix of a file: the decision points, what is named at them and what is reached are those that the rules look at; answers are computed for
/// every choice of options.
/// </summary>
/// <param name="outcomes">What the rules know of the file.</param>
/// <param name="source">The file's text, with the values of the architecture that the matrix is about.</param>
/// <param name="unitsDefining">Parses those files around that define one of some functions, and may turn their results into error codes.</param>
public sealed class MatrixBuilder(AdviceOutcomes outcomes, LookupSource source, Func<IReadOnlySet<string>, IEnumerable<TranslationUnit>> unitsDefining)
{
    private readonly Dictionary<string, Dictionary<string, string>> words = new(StringComparer.Ordinal);
    private readonly List<HashSet<string>> sets = [.. EquivalenceProof.Sets(source.Options)];

    private AdviceDecisions Decisions => outcomes.Decisions;

    private LookupFile Whole => source.With(sets[^1]);

    /// <summary>The matrix.</summary>
    /// <param name="values">Every advice and its value.</param>
    /// <param name="compiled">The values that the file was compiled with: those of another architecture, if the compiler does not know the one that is asked for.</param>
    public BehaviorMatrix Build(IReadOnlyDictionary<string, long> values, IReadOnlyDictionary<string, long> compiled)
    {
        var answers = AnswerColumns();
        var others = Decisions.Points.Where(point => point.Function is not null && !answers.Exists(column => Root(column.Place) == point.Name))
            .GroupBy(static point => (point.Name, IsDispatch: point is SwitchDecision { IsDispatch: true })).OrderByDescending(static group => group.Key.IsDispatch).ToList();
        var rows = values.Where(static value => !Advice.IsInternal(value.Key)).OrderBy(static value => value.Value).ToList();
        long CompiledAs(string name, long value) => compiled.TryGetValue(name, out var known) ? known : value;
        var errors = ErrnoColumns(new ErrnoReach(outcomes, rows.Select(row => CompiledAs(row.Key, row.Value)), unitsDefining), [.. rows.Select(row => CompiledAs(row.Key, row.Value))]);
        return new BehaviorMatrix(
            [.. answers, .. others.Select(static group => new MatrixColumn(group.Key.IsDispatch ? "dispatch" : group.Key.Name, group.Key.Name, group.Key.IsDispatch ? MatrixColumnKind.Dispatch : MatrixColumnKind.Comparison)), .. errors.Select(static column => column.Column)],
            [.. rows.Select(row =>
            {
                var value = CompiledAs(row.Key, row.Value);
                var reached = Decisions.Doors.SelectMany(outcomes.AssumptionOf(value).ReachedFrom).Select(static part => part.Function.Name).ToHashSet(StringComparer.Ordinal);
                return new MatrixRow(
                    row.Key,
                    row.Value,
                    [
                        .. answers.Select(column => AnswerCell(column.Place, row.Key, (int)row.Value, reached, values.Values)),
                        .. others.Select(group => PointCell([.. group], row.Key, value, reached)),
                        .. errors.Select(column => ErrnoCell(column.Column, column.Reached.Contains(value), column.IsForAll)),
                    ],
                    ReferenceTable.Madvise.Rows.FirstOrDefault(known => known.Name == row.Key)?.FirstKernel ?? "");
            })]);
    }

    /// <summary>A column for each function that turns results into error codes.</summary>
    private List<(MatrixColumn Column, HashSet<long> Reached, bool IsForAll)> ErrnoColumns(ErrnoReach reach, List<long> values) =>
        [.. values.SelectMany(value => reach.Of(value).Select(found => (Value: value, found.File, found.Mapping))).GroupBy(static found => (found.File, found.Mapping.Function.Name))
            .OrderBy(group => group.Key.File != Decisions.Text.Path).ThenBy(static group => group.Key.File, StringComparer.Ordinal).ThenBy(static group => group.First().Mapping.Function.Span.Start)
            .Select(group => (
                new MatrixColumn(group.Key.Name, group.Key.Name, MatrixColumnKind.Errno)
                {
                    File = group.Key.File == Decisions.Text.Path ? "" : group.Key.File,
                    Answers = [.. group.Select(static found => found.Mapping).DistinctBy(static mapping => mapping.At).OrderBy(static mapping => mapping.At.Span.Start).SelectMany(static mapping => mapping.Answers)],
                },
                group.Select(static found => found.Value).ToHashSet(),
                values.TrueForAll(value => group.Any(found => found.Value == value))))];

    private static MatrixCell ErrnoCell(MatrixColumn column, bool isReached, bool isForAll) => !isReached ? new MatrixCell(DecidedHow.Unreachable, "", Guard.Always)
        : new MatrixCell(isForAll ? DecidedHow.ByDefault : DecidedHow.ByName, string.Join(' ', column.Answers.Select(static answer => answer.To).Distinct(StringComparer.Ordinal)), Guard.Always);

    private static string Root(string place) => place.Split('.')[0];

    private List<MatrixColumn> AnswerColumns()
    {
        var decisions = sets.SelectMany(on => source.With(on).Decisions()).Distinct(StringComparer.Ordinal).ToList();

        // A member of an array that a lookup function hands out is the same question twice.
        var functions = decisions.Where(decision => decision.Contains('.', StringComparison.Ordinal) && !Whole.IsArray(Root(decision))).Select(static decision => decision.Split('.')[1]).ToHashSet(StringComparer.Ordinal);
        var columns = new List<MatrixColumn>();
        foreach (var (decision, role) in decisions.Where(decision => !Whole.IsArray(Root(decision)) || !decision.Contains('.', StringComparison.Ordinal) || !functions.Contains(decision.Split('.')[1]))
            .Select(decision => (decision, Role: decision.Contains('.', StringComparison.Ordinal) ? DecisionRole.Other : Whole.RoleOf(decision))).OrderBy(static pair => pair.Role == DecisionRole.Other ? int.MaxValue : (int)pair.Role))
        {
            var title = role switch { DecisionRole.Valid => "valid", DecisionRole.Remote => "remote", DecisionRole.Lock => "lock", DecisionRole.TlbBatching => "tlb", _ => Plain(decision.Split('.')[^1]) };
            columns.Add(new MatrixColumn(columns.Exists(column => column.Title == title) ? decision : title, decision, MatrixColumnKind.Answer));
        }

        return columns;
    }

    /// <summary>The name of a function that asks a question, without the words that make it one: <c>is_discard</c> is discard.</summary>
    private static string Plain(string function) => new[] { "is_", "madvise_" }.Aggregate(function, static (name, prefix) => name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name);

    private MatrixCell AnswerCell(string decision, string name, int value, HashSet<string> reached, IEnumerable<long> values)
    {
        var isArray = Whole.IsArray(Root(decision));
        if (!isArray && !decision.Contains('.', StringComparison.Ordinal) && Decisions.Points.Any(point => point.Function?.Name == decision) && !reached.Contains(decision))
        {
            return new MatrixCell(DecidedHow.Unreachable, "", Guard.Always);
        }

        var all = sets.ConvertAll(on => source.With(on).AnswersOf(decision));
        var @default = all.OfType<Answers>().First().AnswerOfOthers(values);
        var answers = all.ConvertAll(known => known?[value] ?? @default);
        var answer = answers.FindLast(known => known != @default) ?? @default;
        var isNamed = Decisions.Points.Any(point => point.Name == Root(decision) && point.Names(name)) || answer != @default;
        return new MatrixCell(isNamed ? DecidedHow.ByName : DecidedHow.ByDefault, Word(decision, answer), Guard.Of(source.Options, answers.ConvertAll(known => known == answer)));
    }

    private string Word(string decision, string answer)
    {
        if (answer == Answers.Undefined)
        {
            return "-";
        }

        if (answer is not ("0" or "1"))
        {
            return WordsOf(decision).GetValueOrDefault(answer, answer);
        }

        var isLock = !decision.Contains('.', StringComparison.Ordinal) && Whole.RoleOf(decision) == DecisionRole.Lock;
        return isLock && Whole.TrueMeansWrite(decision) is { } write ? ((answer == "1") == write ? "write" : "read") : answer == "1" ? "yes" : "-";
    }

    /// <summary>What enumerators of a decision are called, for those that answer nothing else.</summary>
    private Dictionary<string, string> WordsOf(string decision)
    {
        if (!words.TryGetValue(decision, out var known))
        {
            var answers = sets.Select(on => source.With(on).AnswersOf(decision)).OfType<Answers>().SelectMany(static all => all.Ranges).Select(static range => range.Answer)
                .Where(static answer => answer != Answers.Undefined && !long.TryParse(answer, System.Globalization.CultureInfo.InvariantCulture, out _)).Distinct(StringComparer.Ordinal).ToList();
            words[decision] = known = answers.Count > 1 ? answers.Zip(EnumeratorWords.Of(answers)).ToDictionary(StringComparer.Ordinal) : [];
        }

        return known;
    }

    private MatrixCell PointCell(List<DecisionPoint> points, string name, long value, HashSet<string> reached)
    {
        if (!reached.Contains(points[0].Name))
        {
            return new MatrixCell(DecidedHow.Unreachable, "", Guard.Always);
        }

        var label = points.SelectMany(static point => point.Labels).FirstOrDefault(label => label.Name == name);
        if (label is null)
        {
            return new MatrixCell(DecidedHow.ByDefault, "", Guard.Always);
        }

        var within = points.First(point => point.Names(name));
        var around = Decisions.Guards.At(within.Function!.Span.Start);
        var guards = label.Guards.Except(around).Select(static condition => Guard.Parse(condition)).OfType<Guard>().Select(static guard => guard.ToString());
        return new MatrixCell(DecidedHow.ByName, within is SwitchDecision @switch ? WorkOf(@switch, value) : "named", Guard.Parse(string.Join('&', guards)) ?? Guard.Always);
    }

    /// <summary>The function that an arm calls first; what it changes otherwise, first in all cases, then under conditions.</summary>
    private static string WorkOf(SwitchDecision point, long value)
    {
        var arm = point.Arms.FirstOrDefault(arm => arm.Cases.Any(label => label.Low <= value && value <= label.High));
        while (arm is { Statements.IsEmpty: true } && point.Arms.SkipWhile(other => other != arm).Skip(1).FirstOrDefault() is { } next)
        {
            arm = next;
        }

        var nodes = arm?.Statements.SelectMany(static statement => statement.DescendantsAndSelf()).ToList() ?? [];
        return nodes.Select(static node => node switch
            {
                ReturnStatement { Value: { } returned } => returned.Unwrapped,
                AssignmentExpression assignment => assignment.Value.Unwrapped,
                _ => null,
            }).OfType<CallExpression>().FirstOrDefault(static call => call is { Function: not null, Origin.IsInFile: true })?.Function!.Name
            ?? ((arm?.Statements ?? []).OfType<ExpressionStatement>().Select(static statement => statement.Expression).Concat(nodes).OfType<AssignmentExpression>().FirstOrDefault() is { } changed ? AdviceCarriers.SymbolOf(changed.Target)?.Name ?? "named" : "named");
    }
}
