using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Source;
using Review.Core.Syntax;
using Review.Rules.Errors;
using Review.Tables.Decisions;

namespace Review.Rules.Behavior;

/// <summary>
/// A decision on a MADV_ value or a scan_result whose default swallows values that nobody thought of.
/// </summary>
public sealed class SilentDefault : KernelAnalyzer
{
    /// <summary>A switch with as many cases as this hands advice out; one with fewer looks at some of it.</summary>
    private const int FewestCases = 4;

    private const string Title = "A default swallows values that nobody named";

    private static readonly DiagnosticDescriptor Swallows = Describe("the default of {0}() takes every other {1} and does nothing: unhandled values look like success", DiagnosticSeverity.Warning);
    private static readonly DiagnosticDescriptor Succeeds = Describe("the default of {0}() reports success for every other {1}", DiagnosticSeverity.Warning);
    private static readonly DiagnosticDescriptor FallsInto = Describe("the default of {0}() treats every other {1} like {2}", DiagnosticSeverity.Warning);
    private static readonly DiagnosticDescriptor Works = Describe("the default of {0}() does its work for every {1} that has no case of its own", DiagnosticSeverity.Warning);
    private static readonly DiagnosticDescriptor SameAnswer = Describe("the default of {0}() gives the answer of the values it names, so every other {1} gets it too", DiagnosticSeverity.Warning);
    private static readonly DiagnosticDescriptor CatchAll = Describe("the default of {0}() maps every other {1} to one error code", DiagnosticSeverity.Info);
    private static readonly DiagnosticDescriptor LastElse = Describe("the last else of {0}() takes every {1} that is not {2}", DiagnosticSeverity.Info);

    private static readonly DiagnosticDescriptor LastDefault = Describe("the default of {0}() does its work for every {1} that is not {2}", DiagnosticSeverity.Info);

    private static readonly DiagnosticDescriptor OtherErrors = Describe("the default of {0}() lets every error by that has no case of its own: it looks like success", DiagnosticSeverity.Warning);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [OtherErrors, LastDefault, Works, Swallows, Succeeds, FallsInto, SameAnswer, CatchAll, LastElse];

    public override void Initialize(KernelAnalysisContext context)
    {
        context.RegisterSwitchAction(AnalyzeSwitch);
        context.RegisterFunctionAction(AnalyzeChains);
    }

    private static DiagnosticDescriptor Describe(string message, DiagnosticSeverity severity) =>
        RuleDescriptor.Create("KMM3001", "silent-default", Title, message, RuleCategory.Behavior, severity);

    private static void AnalyzeSwitch(SwitchAnalysisContext context)
    {
        var arms = SwitchArm.Of(context.Switch);
        if (arms.FirstOrDefault(static arm => arm.HasDefault) is not { } @default)
        {
            return;
        }

        if (Decision.Of(context.Switch) is not { } subject)
        {
            AnalyzeSingle(context, arms, @default);
            return;
        }

        var label = @default.Labels.First(static label => label is DefaultLabel);
        var named = arms.Where(static arm => !arm.HasDefault).ToList();
        if (IsFilter(subject, named) || IsLoud(context, @default.Statements))
        {
            return;
        }

        var function = context.Function.Name;
        var results = DefaultResults.Of(context.Function, context.Switch);
        var shared = @default.Cases.FirstOrDefault();
        if (results.AreErrors)
        {
            // EINVAL is what madvise(2) promises for an unknown advice; a collective error for results hides which one it was.
            if (subject != Decision.Behavior && shared is null && results.Constant is not null)
            {
                context.Report(CatchAll, label, function, subject);
            }
        }
        else if (shared is not null)
        {
            if (!IsClassification(arms))
            {
                context.Report(FallsInto, label, function, subject, shared.Name);
            }
        }
        else if (@default.FallsThrough && arms.SkipWhile(arm => arm != @default).Skip(1).FirstOrDefault()?.Cases.FirstOrDefault() is { } next)
        {
            context.Report(FallsInto, label, function, subject, next.Name);
        }
        else if (@default.IsIdle && results.Constant is { } answer)
        {
            AnalyzeAnswer(context, label, subject, named, answer);
        }
        else if (@default.IsEmpty)
        {
            context.Report(Swallows, label, [], Warning(context, @default), function, subject);
        }
        else if (subject == Decision.Behavior && !@default.IsIdle && named.SelectMany(static arm => arm.Cases).Count() >= FewestCases && named.Exists(static arm => !arm.IsIdle) && !MayRefuse(@default))
        {
            context.Report(Works, label, function, subject);
        }
    }

    private static bool MayRefuse(SwitchArm arm) =>
        arm.Statements.Any(static statement => statement.DescendantsAndSelf<ReturnStatement>().Any(static @return => @return.Value is { } value && (value is not { Constant: >= 0 } || value.DescendantsAndSelf<CallExpression>().Any())));

    /// <summary>One behavior is named, and the default does the work of another one that is not: whatever comes next gets it too.</summary>
    private static void AnalyzeSingle(SwitchAnalysisContext context, IReadOnlyList<SwitchArm> arms, SwitchArm @default)
    {
        if (arms.SelectMany(static arm => arm.Cases).ToList() is [{ Name: var name } label] && name.StartsWith("MADV_", StringComparison.Ordinal) && !@default.Labels.Contains<SwitchLabel>(label)
            && !@default.IsIdle && !IsLoud(context, @default.Statements) && !@default.Statements.Any(static statement => statement.DescendantsAndSelf<ReturnStatement>().Any(static @return => @return.Value?.Constant < 0)))
        {
            context.Report(LastDefault, @default.Labels.First(static label => label is DefaultLabel), context.Function.Name, Decision.Behavior, name);
        }
    }

    private static void AnalyzeAnswer(SwitchAnalysisContext context, SwitchLabel label, string subject, List<SwitchArm> named, long answer)
    {
        var function = context.Function.Name;
        if (named.All(arm => arm.ReturnedConstant == answer))
        {
            context.Report(SameAnswer, label, [], OtherAnswer(label, IsBool(context.Function) ? (answer == 0 ? "true" : "false") : null), function, subject);
        }
        else if (answer == 0 && (!IsClassification(named) || named.Count(static arm => arm.ReturnedConstant < 0) * 2 > named.Count))
        {
            context.Report(Succeeds, label.Body is ReturnStatement answered ? answered : label, [], OtherAnswer(label, subject == Decision.Behavior ? "-EINVAL" : null), function, subject);
        }
    }

    private static bool IsBool(FunctionDefinition function) => function.Symbol.Signature?.Result.Canonical is IntegerType { IsBool: true };

    /// <summary>The cure of a default that returns the wrong constant; null if it chooses its answer in another way.</summary>
    private static Fix? OtherAnswer(SwitchLabel label, string? answer) =>
        answer is not null && label.Body is ReturnStatement { Value: { Origin.IsInFile: true } or { Origin.Invocation.Name: "true" or "false" } } @return
            ? new Fix($"answer {answer}", @return.Value!.Span, answer) : null;

    /// <summary>The cure of a default that does nothing: it says that it was reached.</summary>
    private static Fix? Warning(SwitchAnalysisContext context, SwitchArm @default)
    {
        if (@default.Statements is not [BreakStatement @break])
        {
            return null;
        }

        var place = context.Unit.Text.PositionOf(@break.Span.Start);
        var indent = context.Unit.Text.Line(place.Line)[..(place.Column - 1)];
        return string.IsNullOrWhiteSpace(indent) ? new Fix("warn once when it is reached", new TextSpan(@break.Span.Start, @break.Span.Start), $"WARN_ON_ONCE(1);\n{indent}") : null;
    }

    /// <summary>A switch that picks a few results out of many to act on them decides nothing about the others.</summary>
    private static bool IsFilter(string subject, List<SwitchArm> named) =>
        named.Count == 0 || (subject == Decision.ScanResult && named.Sum(static arm => arm.Cases.Count()) < 4);

    /// <summary>A switch whose arms only give constant answers sorts values into classes; a default class is deliberate.</summary>
    private static bool IsClassification(IEnumerable<SwitchArm> arms) => arms.All(static arm => arm.ReturnedConstant is not null);

    private static bool IsLoud(SwitchAnalysisContext context, IEnumerable<Statement> statements) =>
        statements.Any(statement => LoudCode.IsIn(context.Function, statement.Span));

    private static void AnalyzeChains(FunctionAnalysisContext context)
    {
        foreach (var label in ErrnoSwitch.SilentIn(context.Function))
        {
            context.Report(OtherErrors, label, context.Function.Name);
        }

        foreach (var (at, name) in OthersIn(context))
        {
            context.Report(LastElse, at, context.Function.Name, Decision.Behavior, name);
        }

        foreach (var first in context.Function.Body.DescendantsAndSelf<IfStatement>())
        {
            if (first.Parent is IfStatement outer && outer.Else == first)
            {
                continue;
            }

            if (ComparisonChain.Of(first, context.Unit.Text) is { } chain && !LoudCode.IsIn(context.Function, chain.LastElse.Span) && !ReturnsError(chain.LastElse))
            {
                context.Report(LastElse, chain.LastElse, context.Function.Name, Decision.Behavior, string.Join(" or ", chain.Names));
            }
        }
    }

    /// <summary><c>return behavior == MADV_A ? a() : b();</c>: the work of one value, and that of another one for all the rest.</summary>
    private static IEnumerable<(Node At, string Name)> OthersIn(FunctionAnalysisContext context)
    {
        foreach (var choice in context.Function.Body.DescendantsAndSelf<ConditionalExpression>())
        {
            if (choice.Parent is ReturnStatement or CastExpression { Parent: ReturnStatement } && choice.WhenTrue is { } named && IsWork(named) && IsWork(choice.WhenFalse) && Named(choice.Condition) is { } name && !IsToldTo(choice.WhenFalse, choice.Condition))
            {
                yield return (choice.WhenFalse, name);
            }
        }

        bool IsWork(Expression expression) => expression.Unwrapped is CallExpression { Function: { } callee } && context.Unit.Find(callee.Name) is not null;

        // Who gets the value decides on the others itself.
        static bool IsToldTo(Expression last, Expression condition) => condition.DescendantsAndSelf<NameExpression>().Select(static name => name.Symbol).OfType<VariableSymbol>().Intersect(last.DescendantsAndSelf<NameExpression>().Select(static name => name.Symbol).OfType<VariableSymbol>()).Any();

        string? Named(Expression condition) => condition.Unwrapped switch
        {
            BinaryExpression { Operator: BinaryOperator.LogicalOr } either => Named(either.Left) is { } one && Named(either.Right) is { } other ? $"{one} or {other}" : null,
            BinaryExpression { Operator: BinaryOperator.Equal, Left.Unwrapped: NameExpression or MemberExpression } comparison => Advice.NameOf(comparison.Right, context.Unit.Text),
            _ => null,
        };
    }

    private static bool ReturnsError(Statement statement) =>
        statement.DescendantsAndSelf<ReturnStatement>().Any(static @return => @return.Value?.Unwrapped.Constant < 0 || @return.Value?.Constant < 0)
        || statement.DescendantsAndSelf<AssignmentExpression>().Any(static assignment => assignment.Value.Constant < 0);
}
