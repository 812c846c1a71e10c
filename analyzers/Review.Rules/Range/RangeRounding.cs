using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Rules.Range;

/// <summary>The range that is worked on is larger than the one that was asked for: rounded outwards, or grown to the end of the VMA.</summary>
public sealed class RangeRounding : KernelAnalyzer
{
    private static readonly DiagnosticDescriptor StartDown = Describe("the start {0} is rounded down to {1} although the end is rounded down, too: the range begins before what was asked for");
    private static readonly DiagnosticDescriptor EndUp = Describe("the end {0} is rounded up to {1} although the start is rounded up, too: the range ends behind what was asked for");
    private static readonly DiagnosticDescriptor EndUpAligned = Describe("the end {0} is rounded up to {1}, and a start that is not aligned is refused: the range ends behind what was asked for");
    private static readonly DiagnosticDescriptor LengthUp = Describe("the length {0} is rounded up to {1}, and the start has to be aligned to a page only: the range ends behind what was asked for");
    private static readonly DiagnosticDescriptor Grown = Describe("{0} becomes the end of the VMA and is not limited to what {1}() was asked for");
    private static readonly DiagnosticDescriptor Outwards = Describe("{0}() of {1} and {2} takes the edge of the VMA even where the range that was asked for is smaller");
    private static readonly DiagnosticDescriptor Exceeds = Describe("{0}() works up to the end of the VMA, and nobody has compared that with {1}");

    private static readonly DiagnosticDescriptor Destroyed = Describe("{0}() destroys more than was asked for: {1} is rounded outwards");
    private static readonly DiagnosticDescriptor Short = Describe("{0} is {1} rounded down, and is tested as if it had been rounded up: the rest of the last page is left out, and what is shorter than a page is refused");

    private static readonly DiagnosticDescriptor Inverted = Describe("{0} becomes the larger one of the end of the VMA and {1}: the range reaches behind one of them");
    private static readonly DiagnosticDescriptor Unrounded = Describe("{0} has to be aligned to huge pages, and nobody looks at {1}: the last huge page is taken as a whole where only a part of it was asked for");

    private static readonly DiagnosticDescriptor Announced = Describe("{0}() works up to {1}, which {2}() may have moved outwards for the sake of what is announced: nobody asked for that much");
    private static readonly DiagnosticDescriptor EndInRecordUp = Describe("the end in {0} is rounded up to {1}: the range ends behind what {2}() was asked for");
    private static readonly DiagnosticDescriptor UnalignedStart = Describe("{0} is rounded down to huge pages, and nobody looks at {1}: a start inside a huge page is let through, and what lies before it goes, too");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Announced, Inverted, Unrounded, UnalignedStart, EndInRecordUp, StartDown, EndUp, EndUpAligned, LengthUp, Grown, Outwards, Exceeds, Destroyed, Short];

    public override void Initialize(KernelAnalysisContext context) => context.RegisterFunctionAction(static context =>
    {
        CheckDirections(context);
        CheckLengths(context);
        CheckEdges(context);
        foreach (var (at, bound, end) in InvertedClamp.In(context.Function))
        {
            context.Report(Inverted, at, bound.Name, end.Name);
        }

        foreach (var (refusal, start, end) in UnroundedEnds(context.Function))
        {
            context.Report(Unrounded, refusal.Condition, start.Name, end.Name);
        }

        foreach (var (value, record, to) in RecordedBound.RoundedUpIn(context.Function))
        {
            context.Report(EndInRecordUp, value, record, to, context.Function.Name);
        }

        foreach (var (end, start) in UnalignedStarts(context.Function))
        {
            context.Report(UnalignedStart, end.Value, end.Subject.Name, start.Name);
        }

        foreach (var (call, argument, bound) in OutwardWork.In(context.Function, context.Unit))
        {
            context.Report(Destroyed, argument, call.Name, bound);
        }

        foreach (var (work, bound, growth) in GrownAnnouncement.In(context.Function))
        {
            context.Report(Announced, work, [context.Step(growth, "the range grows"), context.Step(work, "the whole of it is worked on")], work.Name, context.Unit.Text.Slice(bound.Span), growth.Name);
        }

        foreach (var (test, rounded, length) in ShortLength.In(context.Function))
        {
            context.Report(Short, test, rounded.Name, length.Name);
        }

        if (GrownBounds.EndsOf(context.Function) is { IsEmpty: false } ends)
        {
            var reported = new HashSet<Node>();
            new GrownBounds(
                context,
                ends,
                (assignment, variable, user) =>
                {
                    if (reported.Add(assignment))
                    {
                        context.Report(Grown, assignment, [context.Step(assignment, "the end that was asked for is forgotten"), context.Step(user, $"{variable.Name} is used")], variable.Name, context.Function.Name);
                    }
                },
                (call, end) =>
                {
                    if (WorksOnRange(call) && reported.Add(call))
                    {
                        context.Report(Exceeds, call, call.Name ?? (call.Callee.Unwrapped as NameExpression)?.Symbol.Name ?? "a callback", end.Name);
                    }
                }).Run(BoundState.Empty);
        }
    });

    private static DiagnosticDescriptor Describe(string message) => RuleDescriptor.Create(
        "KMM5003", "range-rounding", "A range is larger than what was asked for", message, RuleCategory.Range, DiagnosticSeverity.Warning);

    /// <summary>Callbacks, and functions that are known to change the pages between two arguments; others may want to know about the whole VMA.</summary>
    private static bool WorksOnRange(CallExpression call) => call.Function is not { } function || RangeFacts.WorksOnRange(function.Name) || RangeFacts.Destroys(function.Name);

    /// <summary><c>min(vma->vm_start, start)</c> and <c>max(vma->vm_end, end)</c> give the edge of the VMA in which the range lies.</summary>
    private static void CheckEdges(FunctionAnalysisContext context)
    {
        var variables = new Lazy<List<VariableSymbol>>(() => [.. context.Function.Parameters, .. context.Function.Body.DescendantsAndSelf<LocalDeclaration>().Select(static declaration => declaration.Symbol)]);
        foreach (var macro in context.Function.Macros.Where(static macro => macro is { Name: "min" or "max", Arguments.Length: 2 }))
        {
            var texts = macro.Arguments.Select(static argument => argument.Text.Trim()).ToList();
            var edge = texts.Find(text => text.EndsWith(macro.Name == "min" ? "->vm_start" : "->vm_end", StringComparison.Ordinal));
            var bound = texts.Find(text => text.Contains(macro.Name == "min" ? "start" : "end", StringComparison.Ordinal) && variables.Value.Any(variable => variable.Name == text && variable.Type.Canonical is IntegerType { IsSigned: false, Size: 8 }));
            if (edge is not null && bound is not null && variables.Value.Any(variable => edge.StartsWith(variable.Name + "->", StringComparison.Ordinal) && variable.Type.IsPointerTo("vm_area_struct")))
            {
                var other = macro.Name == "min" ? "max" : "min";
                context.Report(Outwards, macro.Span, [], new Fix($"take {other}() of them", new TextSpan(macro.Span.Start, macro.Span.Start + macro.Name.Length), other), macro.Name, edge, bound);
            }
        }
    }

    private static void CheckDirections(FunctionAnalysisContext context)
    {
        var lengths = Rounding.LengthsIn(context.Function);
        var roundings = Rounding.In(context.Function).Where(rounding => !lengths.Contains(rounding.Subject)).ToList();
        foreach (var end in roundings)
        {
            var starts = roundings.Where(end.IsEndOf).ToList();
            if (starts is [var start] && roundings.Count(other => other.Subject == end.Subject && other.To == end.To) == 1)
            {
                if (!start.IsUp && !end.IsUp)
                {
                    context.Report(StartDown, start.Value, [context.Step(start.Value, "rounded down"), context.Step(end.Value, "rounded down")], start.Subject.Name, start.To);
                }
                else if (start.IsUp && end.IsUp)
                {
                    context.Report(EndUp, end.Value, [context.Step(start.Value, "rounded up"), context.Step(end.Value, "rounded up")], Downwards(end), end.Subject.Name, end.To);
                }
            }
            else if (end.IsUp && starts.Count == 0 && RefusedUnaligned(context.Function, end.Subject) is { } refusal)
            {
                context.Report(EndUpAligned, end.Value, [context.Step(refusal, "a start that is not aligned is refused"), context.Step(end.Value, "the end is rounded up")], Downwards(end), end.Subject.Name, end.To);
            }
        }
    }

    /// <summary>A length from user space that becomes a multiple of more than a page, where the range may begin at any page.</summary>
    private static void CheckLengths(FunctionAnalysisContext context)
    {
        var roundings = Rounding.In(context.Function).Where(static rounding => rounding is { IsUp: true, IsToNumber: true }).ToList();
        if (roundings.Count > 0 && UserRanges.Of(context) is var ranges && ranges.Controlled(context.Function) is { Count: > 1 } controlled && ranges.TakesAnyPage(context.Function))
        {
            foreach (var rounding in roundings.Where(rounding => rounding.Subject is VariableSymbol length && controlled.Contains(length) && length.Ordinal > 0))
            {
                context.Report(LengthUp, rounding.Value, rounding.Subject.Name, rounding.To);
            }
        }
    }

    /// <summary>The test that refuses a start that is not aligned to more than a page, where the start stands before an end among the parameters.</summary>
    private static IfStatement? RefusedUnaligned(FunctionDefinition function, Symbol end) =>
        function.Body.DescendantsAndSelf<IfStatement>().FirstOrDefault(statement =>
            statement is { Then: ReturnStatement or BlockStatement { Statements: [.., ReturnStatement] } }
            && statement.Condition.DescendantsAndSelf<BinaryExpression>().Any(mask => mask is { Operator: BinaryOperator.BitwiseAnd, Right.Constant: null or > 0xfff }
                && mask.Left.Unwrapped is NameExpression { Symbol: var start } && Rounding.IsEnd(end, start)));

    /// <summary>The tests that refuse a start which does not begin a huge page, in functions that get an end and do not look at it.</summary>
    private static IEnumerable<(IfStatement Refusal, Symbol Start, VariableSymbol End)> UnroundedEnds(FunctionDefinition function)
    {
        for (var i = 1; i < function.Parameters.Length; i++)
        {
            if (Rounding.IsEnd(function.Parameters[i], function.Parameters[i - 1]) && RefusedUnaligned(function, function.Parameters[i]) is { } refusal && refusal.Condition.DescendantsAndSelf<CallExpression>().Any(static call => call.Function?.Name == "huge_page_mask")
                && !function.Body.DescendantsAndSelf<NameExpression>().Any(name => name.Symbol == function.Parameters[i]))
            {
                yield return (refusal, function.Parameters[i - 1], function.Parameters[i]);
            }
        }
    }

    /// <summary>The ends that are rounded down to a huge page, in functions that get the start before them and do not look at it.</summary>
    private static IEnumerable<(Rounding End, VariableSymbol Start)> UnalignedStarts(FunctionDefinition function)
    {
        foreach (var end in Rounding.In(function).Where(static rounding => !rounding.IsUp && rounding.Value.DescendantsAndSelf<CallExpression>().Any(static call => call.Function?.Name is "huge_page_size" or "huge_page_mask")))
        {
            if (end.Subject is VariableSymbol { Ordinal: > 0 } subject && function.Parameters[subject.Ordinal - 1] is var start && Rounding.IsEnd(subject, start) && start.Type.Canonical is IntegerType { IsSigned: false, Size: 8 }
                && !function.Body.DescendantsAndSelf<NameExpression>().Any(name => name.Symbol == start))
            {
                yield return (end, start);
            }
        }
    }

    private static Fix? Downwards(Rounding end) => end.Value.Origin.Invocation is not { } macro ? null
        : macro.Name switch { "ALIGN" => "ALIGN_DOWN", "round_up" => "round_down", "roundup" => "rounddown", _ => null } is { } down
            ? new Fix($"round {end.Subject.Name} down", new TextSpan(macro.Span.Start, macro.Span.Start + macro.Name.Length), down) : null;
}
