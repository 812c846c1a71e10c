using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Review.Core.Flow;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Tables.Decisions;

/// <summary>
/// Everything that one file decides about advice: decision points by values, and the way an advice takes through the file's functions. Graphs are made when
/// they are first asked for, by <see cref="AdviceOutcomes"/> only: rules run in parallel.
/// </summary>
public sealed partial class AdviceDecisions
{
    private readonly TranslationUnit unit;
    private readonly Dictionary<FunctionSymbol, FunctionDefinition> functions;
    private readonly Dictionary<FunctionSymbol, ControlFlowGraph> graphs = [];
    private readonly Dictionary<FunctionSymbol, IReadOnlySet<Node>> nodes = [];
    private readonly Dictionary<CallExpression, ImmutableArray<FunctionDefinition>> callees = [];
    private HashSet<FunctionDefinition>? called;

    public AdviceDecisions(TranslationUnit unit)
    {
        this.unit = unit;
        functions = unit.Functions.DistinctBy(static function => function.Symbol).ToDictionary(static function => function.Symbol);
        var isConcerned = unit.Text.Bytes.IndexOf("MADV_"u8) >= 0;
        Tables = isConcerned ? AdviceTable.Of(unit) : [];
        Carriers = isConcerned ? new AdviceCarriers(unit, Tables) : AdviceCarriers.None;
        Guards = new PreprocessorGuards(unit);
        Points = Carriers.IsEmpty ? [] : [.. unit.Functions.SelectMany(PointsOf), .. Tables.Select(PointOf)];
        Questions = new AdviceQuestions(this);
        Values = Carriers.IsEmpty ? ImmutableSortedDictionary<string, long>.Empty : ReadValues();
    }

    /// <summary>The file's text.</summary>
    public SourceText Text => unit.Text;

    /// <summary>The arrays that are indexed by advice.</summary>
    public ImmutableArray<AdviceTable> Tables { get; }

    /// <summary>What holds an advice.</summary>
    public AdviceCarriers Carriers { get; }

    /// <summary>The preprocessor's conditions.</summary>
    public PreprocessorGuards Guards { get; }

    /// <summary>The decision points, in source order, tables last.</summary>
    public ImmutableArray<DecisionPoint> Points { get; }

    /// <summary>The advice that compiled code names, and their numbers.</summary>
    public ImmutableSortedDictionary<string, long> Values { get; }

    /// <summary>What functions do for an advice.</summary>
    internal AdviceQuestions Questions { get; }

    /// <summary>The file's function of a symbol; null if its body is elsewhere.</summary>
    public FunctionDefinition? FunctionOf(FunctionSymbol symbol) => functions.GetValueOrDefault(symbol);

    /// <summary>The functions that an advice comes in by: those with a parameter for it that others can call, or that nobody calls.</summary>
    public IEnumerable<FunctionDefinition> Doors => unit.Functions.Where(function => function.Parameters.Any(Carriers.Contains) && (!function.Symbol.IsStatic || !IsCalled(function)));

    /// <summary>True if a function of the file hands an advice to another.</summary>
    public bool IsCalled(FunctionDefinition function)
    {
        called ??= [.. unit.Functions.SelectMany(caller => NodesOf(caller).OfType<CallExpression>()).SelectMany(call => CalleesWith(call))];
        return called.Contains(function);
    }

    /// <summary>The functions of the file that a call leads to with the advice in hand: the one called, and those handed over to be called.</summary>
    public ImmutableArray<FunctionDefinition> CalleesWith(CallExpression call)
    {
        if (!callees.TryGetValue(call, out var found))
        {
            callees[call] = found = call.Origin.IsInFile && IsHandedOn(call)
                ? [.. call.Arguments.Prepend(call.Callee).Select(static expression => (FunctionIn(expression) as NameExpression)?.Symbol).OfType<FunctionSymbol>().Select(FunctionOf).OfType<FunctionDefinition>()]
                : [];
        }

        return found;
    }

    /// <summary>The table whose elements have a member; null if it is no table's.</summary>
    public AdviceTable? TableWith(FieldSymbol field) => Tables.FirstOrDefault(table => table.Element.Canonical is RecordType { Name: { Length: > 0 } name } && field.Record == name);

    /// <summary>The function that looks up a record with a member for an advice: the outermost, if one asks another; null if there is none.</summary>
    public FunctionDefinition? LookupWith(FieldSymbol field) => field.Record.Length == 0 ? null
        : unit.Functions.LastOrDefault(function => function.Symbol.Signature?.Result.IsRecord(field.Record) == true && function.Parameters.Any(Carriers.Contains));

    /// <summary>The initial value of a variable that keeps it; null if it has none.</summary>
    public InitializerList? InitializerOf(VariableSymbol variable) =>
        (unit.Globals.FirstOrDefault(global => global.Symbol == variable)?.Initializer
            ?? unit.Functions.SelectMany(NodesOf).OfType<LocalDeclaration>().FirstOrDefault(local => local.Symbol == variable)?.Initializer) as InitializerList;

    /// <summary>The table that an array is.</summary>
    public AdviceTable? TableOf(VariableSymbol array) => Tables.FirstOrDefault(table => table.Array == array);

    /// <summary>True if a comparison asks whether an address space is the caller's own.</summary>
    public bool AsksWhose(BinaryExpression comparison) => IsOwn(comparison.Left) || IsOwn(comparison.Right);

    /// <summary>True if a function compares an address space with the caller's own.</summary>
    public bool AsksWhose(FunctionDefinition function) =>
        function.Body.DescendantsAndSelf<BinaryExpression>().Any(binary => binary.Operator is BinaryOperator.Equal or BinaryOperator.NotEqual && AsksWhose(binary));

    /// <summary>The control flow of a function.</summary>
    public ControlFlowGraph GraphOf(FunctionDefinition function) =>
        graphs.TryGetValue(function.Symbol, out var graph) ? graph : graphs[function.Symbol] = ControlFlowGraph.Create(function);

    /// <summary>All nodes of a function.</summary>
    public IReadOnlySet<Node> NodesOf(FunctionDefinition function) =>
        nodes.TryGetValue(function.Symbol, out var all) ? all : nodes[function.Symbol] = function.Body.DescendantsAndSelf().ToHashSet();

    private bool IsHandedOn(CallExpression call)
    {
        foreach (var argument in call.Arguments)
        {
            if ((AdviceCarriers.SymbolOf(argument) is { } symbol && Carriers.Contains(symbol)) || PointsToCarrier(argument.Type))
            {
                return true;
            }
        }

        return false;
    }

    private bool PointsToCarrier(CType type) => type.Pointee is RecordType { Name: { Length: > 0 } name } && Carriers.IsMember(name);

    private bool IsOwn(Expression expression) =>
        expression.Unwrapped is MemberExpression { Field: { Name: "mm", Record: "task_struct" } } own && unit.Text.Slice(own.Span).StartsWith("current", StringComparison.Ordinal);

    private static Expression FunctionIn(Expression expression) =>
        expression.Unwrapped is UnaryExpression { Operator: UnaryOperator.AddressOf } address ? address.Operand.Unwrapped : expression.Unwrapped;

    private IEnumerable<DecisionPoint> PointsOf(FunctionDefinition function)
    {
        var comparisons = ImmutableArray.CreateBuilder<DecisionLabel>();
        foreach (var node in NodesOf(function))
        {
            if (node is SwitchStatement @switch && Carriers.IsAdvice(@switch.Subject))
            {
                yield return new SwitchDecision(function, @switch, SwitchArm.Of(@switch), LabelsOf(@switch));
            }
            else if (node is BinaryExpression { Operator: BinaryOperator.Equal or BinaryOperator.NotEqual } comparison
                && AdviceCarriers.Compared(comparison, unit.Text) is var (subject, name) && Carriers.IsAdvice(subject.Unwrapped))
            {
                comparisons.Add(Label(name, comparison.Span));
            }
        }

        if (comparisons.Count > 0)
        {
            yield return new ComparisonDecision(function, comparisons.ToImmutable());
        }
    }

    private TableDecision PointOf(AdviceTable table) => new(table, [.. table.Entries.Select(entry => Label(entry.Name, entry.Span))]);

    /// <summary>The labels of a switch as the text has them: those that are not compiled are no nodes.</summary>
    private ImmutableArray<DecisionLabel> LabelsOf(SwitchStatement @switch)
    {
        var compiled = @switch.Labels.OfType<CaseLabel>().Select(label => Label(label.Name, new TextSpan(label.Span.Start, label.Value.Span.End)));
        var skipped = unit.Skipped.Where(range => @switch.Span.Contains(range)).SelectMany(range =>
            Case().Matches(Encoding.Latin1.GetString(unit.Text.Bytes[range.Start..range.End]))
                .Select(match => Label(match.Groups["name"].Value, new TextSpan(range.Start + match.Index, range.Start + match.Index + match.Length))));
        return [.. compiled.Concat(skipped).OrderBy(static label => label.Span.Start)];
    }

    private DecisionLabel Label(string name, TextSpan span) => new(name, span, Guards.At(span.Start), !unit.Skipped.Any(range => range.Contains(span.Start)));

    private ImmutableSortedDictionary<string, long> ReadValues()
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, long>(StringComparer.Ordinal);
        foreach (var label in Points.OfType<SwitchDecision>().SelectMany(static point => point.Switch.Labels).OfType<CaseLabel>())
        {
            values[label.Name] = label.Low;
        }

        foreach (var table in Tables)
        {
            foreach (var (entry, element) in table.Entries.Where(entry => !unit.Skipped.Any(range => range.Contains(entry.Span.Start))).Zip(table.Initializer.Elements))
            {
                values[entry.Name] = element.Designators[0].Low;
            }
        }

        foreach (var comparison in unit.Functions.SelectMany(NodesOf).OfType<BinaryExpression>().Where(static binary => binary.Operator is BinaryOperator.Equal or BinaryOperator.NotEqual))
        {
            if (AdviceCarriers.Compared(comparison, unit.Text) is var (subject, name) && (subject == comparison.Left ? comparison.Right : comparison.Left).Constant is { } number)
            {
                values[name] = number;
            }
        }

        return values.ToImmutable();
    }

    [GeneratedRegex(@"\bcase\s+(?<name>\w+)\s*:", RegexOptions.ExplicitCapture)]
    private static partial Regex Case();
}
