using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Syntax;
using Review.Flow.Facts;
using Review.Rules.Range;

namespace Review.Rules.Errors;

/// <summary>An error code is another one than the contract of a call gives, or is lost on the way to the caller.</summary>
public sealed class ErrnoContract : KernelAnalyzer
{
    private const string Fails = "fails with ";
    private const string MayFail = "may fail with ";
    private const long PageOffset = 0xfff;

    /// <summary>VM_READ, VM_WRITE, VM_EXEC, and what mprotect(2) may make of them.</summary>
    private const long AccessBits = 0x77;

    private const int NotPermitted = 1;
    private const int AccessDenied = 13;
    private const int NoSystemCall = 38;
    private const int NotSupported = 95;
    private const int Invalid = 22;

    private static readonly DiagnosticDescriptor Contract = Describe("{0}() failed, which means {1}; the caller is told {2}");
    private static readonly DiagnosticDescriptor Twice = Describe("the same test of {0}() leads to {1} here and to {2} elsewhere in {3}()");
    private static readonly DiagnosticDescriptor Unaligned = Describe("{0} is not aligned to a page, which means {1}; the caller is told {2}");
    private static readonly DiagnosticDescriptor Lost = Describe("the result of {0}() is lost: nobody looks at {1} after it is stored there");
    private static readonly DiagnosticDescriptor Partial = Describe("an error is returned although a part is done: {0}() promises the number of bytes done before the error");
    private static readonly DiagnosticDescriptor Late = Describe("{0} says what is left only after the parts are done: what {1}() returns for them is nothing");
    private static readonly DiagnosticDescriptor Unlike = Describe("{0}() failed, and the caller is told that all went well; where it failed before, {1}() hands its error on");
    private static readonly DiagnosticDescriptor PagesLost = Describe("the error in {0} is returned although {1} may say that pages are done: nobody learns of them, and nobody gives them back");
    private static readonly DiagnosticDescriptor Converted = Describe("{0}() hands {1} of {2}() on; {3}() makes {4} of it");

    private static readonly DiagnosticDescriptor Changed = Describe("{0} becomes {1}, although the other cases hand on the code that they got");
    private static readonly DiagnosticDescriptor NoPermission = Describe("{0} is no question of permission, and the caller is told {1}");
    private static readonly DiagnosticDescriptor NotThere = Describe("{0} makes an argument valid or not, and the caller is told {1}");
    private static readonly DiagnosticDescriptor UnknownFlags = Describe("{0} has bits that the system call does not know, which means {1}; the caller is told {2}");
    private static readonly DiagnosticDescriptor Replaced = Describe("{0}() says why it failed, and the caller is told {1}, which it never says");
    private static readonly DiagnosticDescriptor Unnamed = Describe("{0}() may fail with {1}, and no case of the switch hands it on: the caller is told something else");
    private static readonly DiagnosticDescriptor Unmapped = Describe("there is no VMA where {0} was looked up, which means {1}; the caller is told {2}");
    private static readonly DiagnosticDescriptor Swallowed = Describe("the error in {0} is not looked at: the caller is told {1}, where {2}() hands such errors on elsewhere");
    private static readonly DiagnosticDescriptor Forgotten = Describe("{0} is kept in {1}, and nobody ever looks at it");

    private static readonly DiagnosticDescriptor NoError = Describe("{0}() says that this is not allowed, which means {1}; the caller is told that all went well");

    private static readonly DiagnosticDescriptor Thrown = Describe("the result of {0}() is thrown away: an error of it never gets to the caller of {1}()");
    private static readonly DiagnosticDescriptor OnlyLast = Describe("the result of {0}() is overwritten in the next round, and nobody looks at {1} in between: an error is lost unless it is the last");

    private static readonly DiagnosticDescriptor Unnoted = Describe("where no {0} is left {2}() returns what {1} says, and only a hole before a VMA is noted there: a range whose end is not mapped looks like success");

    private static readonly FactTable Table = FactResource.Read("Errno");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Unnoted, Late, Unlike, Thrown, OnlyLast, Contract, Twice, Unaligned, Lost, Partial, PagesLost, Converted, Changed, NoPermission, NotThere, UnknownFlags, Replaced, Unnamed, Unmapped, Swallowed, Forgotten, NoError];

    public override void Initialize(KernelAnalysisContext context) => context.RegisterFunctionAction(static context =>
    {
        CheckTests(context);
        CheckSuccesses(context);
        CheckAlignment(context);
        CheckUnknownFlags(context);
        CheckCodes(context);
        CheckReasons(context);
        foreach (var (assignment, call, variable) in LostResults.In(context.Function))
        {
            context.Report(Lost, assignment, call.Name, variable.Name);
        }

        foreach (var call in ThrownAway.In(context, static name => !FactCodes(name, MayFail).IsEmpty))
        {
            context.Report(Thrown, call, call.Name, context.Function.Name);
        }

        foreach (var (assignment, call, variable) in OverwrittenError.In(context.Function, name => !FactCodes(name, MayFail).IsEmpty || ThrownAway.MayFail(context, name)))
        {
            context.Report(OnlyLast, assignment, call.Name, variable.Name);
        }

        foreach (var (at, error, count) in LostPages.In(context.Function))
        {
            context.Report(PagesLost, at, error.Name, count.Name);
        }

        foreach (var (call, sibling, from, to) in ErrnoConversions.MissingIn(context))
        {
            context.Report(Converted, call, context.Function.Name, ErrnoNames.Of(from), call.Name, sibling.Name, ErrnoNames.Of(to));
        }

        if (PartialCount.Concerns(context))
        {
            foreach (var (difference, count) in PartialCount.CountedLate(context))
            {
                context.Report(Late, count, [context.Step(count, "counts what is left"), context.Step(difference, "takes it for what there was")], ((NameExpression)count.Target).Symbol.Name, context.Function.Name);
            }

            var reported = new HashSet<Node>();
            new PartialCount(context, (@return, advance) =>
            {
                if (reported.Add(@return))
                {
                    context.Report(Partial, @return, [context.Step(advance, "a part is done"), context.Step(@return, "and the error of the next one is returned")], context.Function.Name);
                }
            }).Run(PartialCount.Progress.None);
        }
    });

    private static DiagnosticDescriptor Describe(string message) => RuleDescriptor.Create(
        "KMM5001", "errno-contract", "An error code is another one than the contract gives, or is lost", message, RuleCategory.Range, DiagnosticSeverity.Warning);

    private static void CheckCodes(FunctionAnalysisContext context)
    {
        foreach (var (at, call, sibling) in ErrnoTest.SwallowedIn(context.Function))
        {
            context.Report(Unlike, at, [context.Step(sibling, "here an error of the same call is returned"), context.Step(call, "here it is not")], call.Name, context.Function.Name);
        }

        foreach (var (at, code, given) in ErrnoSwitch.ChangedIn(context.Function))
        {
            context.Report(Changed, at, [], Instead(context, at, code), ErrnoNames.Of(code), ErrnoNames.Of(given));
        }

        foreach (var (at, call, code) in ErrnoSwitch.MissingIn(context.Function, static name => FactCodes(name, MayFail)))
        {
            context.Report(Unnamed, at.Subject, [context.Step(call, "the call"), context.Step(at.Subject, "its errors are told apart")], call.Name, ErrnoNames.Of(code));
        }

        foreach (var (test, vma, noted) in UnmappedCode.UnnotedIn(context.Function))
        {
            context.Report(Unnoted, test.Condition, vma.Name, noted.Name, context.Function.Name);
        }

        if (context.Facts.Ask(static unit => new PromisedCodes(unit, Table), context.Function.Name, static (codes, function) => codes.ForUnmapped(function)) is { } wanted)
        {
            foreach (var (at, vma, code) in UnmappedCode.WrongIn(context.Function, wanted).Concat(UnmappedCode.WrongAtHoles(context.Function, wanted)))
            {
                context.Report(Unmapped, at, [], Instead(context, at, wanted), vma.Name, ErrnoNames.Of(wanted), ErrnoNames.Of(code));
            }
        }

        foreach (var (at, pointer, code) in LostResults.SwallowedIn(context.Function))
        {
            context.Report(Swallowed, at, pointer.Name, ErrnoNames.Of(code), context.Function.Name);
        }

        foreach (var (assignment, variable, code) in LostResults.ForgottenIn(context.Function))
        {
            context.Report(Forgotten, assignment, ErrnoNames.Of(code), variable.Name);
        }
    }

    /// <summary>Codes that say something which the test before them does not ask.</summary>
    private static void CheckReasons(FunctionAnalysisContext context)
    {
        foreach (var (test, code, at) in ErrnoTest.RefusalsIn(context.Function).Where(refusal => IsNamed(context, refusal.At)))
        {
            if (code is NotPermitted or AccessDenied && PointerAsked(test.Condition) is { } pointer)
            {
                context.Report(NoPermission, at, $"whether there is {context.Unit.Text.Slice(pointer.Span)}", ErrnoNames.Of(code));
            }
            else if (code is NotPermitted or NoSystemCall or NotSupported && IsKindOfMapping(test.Condition))
            {
                context.Report(code == NotPermitted ? NoPermission : NotThere, at, [], Instead(context, at, Invalid), $"whether {context.Unit.Text.Slice(test.Condition.Span)}", ErrnoNames.Of(code));
            }
            else if (ErrnoTest.FailureOf(test) is { Function: { } callee } && FactCodes(callee.Name, MayFail) is { IsEmpty: false } codes && !codes.Contains(code))
            {
                context.Report(Replaced, at, callee.Name, ErrnoNames.Of(code));
            }
        }
    }

    /// <summary>The file or VMA, or what one of them points to, of which a condition asks only whether it is there.</summary>
    private static MemberExpression? PointerAsked(Expression condition)
    {
        var asked = condition.Unwrapped;
        while (asked is UnaryExpression { Operator: UnaryOperator.LogicalNot } not)
        {
            asked = not.Operand.Unwrapped;
        }

        return asked is MemberExpression { Field.Record: "vm_area_struct" or "file", Type.Canonical: PointerType } member ? member : null;
    }

    /// <summary>
    /// True for a condition that asks only what kind of mapping a VMA is: whether it has a file, and about bits of vm_flags other than those that say what may be done with the memory.
    /// </summary>
    private static bool IsKindOfMapping(Expression condition) => condition.Unwrapped switch
    {
        BinaryExpression { Operator: BinaryOperator.LogicalAnd or BinaryOperator.LogicalOr } both => IsKindOfMapping(both.Left) && IsKindOfMapping(both.Right),
        UnaryExpression { Operator: UnaryOperator.LogicalNot } not => IsKindOfMapping(not.Operand),
        BinaryExpression { Operator: BinaryOperator.BitwiseAnd, Left.Unwrapped: MemberExpression { Field: { Record: "vm_area_struct", Name: "vm_flags" } }, Right.Constant: > 0 and var bits } => (bits & AccessBits) == 0,
        MemberExpression { Field: { Record: "vm_area_struct", Name: "vm_file" } } or MemberExpression { Field.Record: "file" or "address_space", Type.Canonical: PointerType } => true,
        NameExpression name => name.Type.IsPointerTo("file"),
        _ => false,
    };

    private static ImmutableArray<int> FactCodes(string function, string verb) =>
    [
        .. Table.OutcomesOf(function).SelectMany(static outcome => outcome.Effects)
            .Where(effect => effect.StartsWith(verb, StringComparison.Ordinal)).Select(effect => int.Parse(effect.AsSpan(verb.Length), CultureInfo.InvariantCulture)),
    ];

    private static void CheckTests(FunctionAnalysisContext context)
    {
        var tests = ErrnoTest.In(context.Function).Where(test => IsNamed(context, test.At)).ToList();
        foreach (var test in tests)
        {
            if (CodesFor(test) is { Length: > 0 } codes)
            {
                if (!codes.Contains(test.Code) && !(test.Code == AccessDenied && codes is [NotPermitted] && !IsPromisedToUnprivileged(context)))
                {
                    context.Report(Contract, test.At, [context.Step(test.Call, "the call is tested")], Instead(context, test.At, codes[0]), test.Call.Name, ErrnoNames.Of(codes[0]), ErrnoNames.Of(test.Code));
                }

                continue;
            }

            // Only a yes-or-no test of something, which is the same down to its arguments, has to have the same answer to one request.
            if (test.Code != Invalid && test.Call.Type.Canonical is IntegerType { IsBool: true } && !test.Call.Arguments.All(static argument => argument.Constant is not null) && test.Spelled(context.Unit.Text) is { } text
                && tests.Find(other => other != test && other.WhenZero == test.WhenZero && other.Code != test.Code && other.Call.Function == test.Call.Function && other.Spelled(context.Unit.Text) == text && !test.IsForOtherCase(other)) is { } sibling
                && (sibling.Code == Invalid || sibling.At.Span.Start < test.At.Span.Start))
            {
                context.Report(Twice, test.At, [context.Step(sibling.At, $"here it is {ErrnoNames.Of(sibling.Code)}")], test.Call.Name, ErrnoNames.Of(test.Code), ErrnoNames.Of(sibling.Code), context.Function.Name);
            }
        }
    }

    /// <summary>A VMA or an advice that is not allowed is no success: elsewhere the caller hears of it.</summary>
    private static void CheckSuccesses(FunctionAnalysisContext context)
    {
        foreach (var (call, whenZero, at) in ErrnoTest.SuccessesIn(context.Function))
        {
            if (CodesFor(call, whenZero) is [Invalid])
            {
                context.Report(NoError, at, [], at.Origin.Kind == OriginKind.Spelled ? new Fix($"return -{ErrnoNames.Of(Invalid)}", at.Span, $"-{ErrnoNames.Of(Invalid)}") : null, call.Name, ErrnoNames.Of(Invalid));
            }
        }
    }

    /// <summary>
    /// True if the function works for system calls that say EPERM where a capability is missing. Others say EACCES, which is a refusal as well: perf_event_open(2), or bind(2) to a port of the system.
    /// </summary>
    private static bool IsPromisedToUnprivileged(FunctionAnalysisContext context) =>
        context.Facts.Ask(static unit => new PromisedCodes(unit, Table), context.Function.Name, static (codes, function) => codes.ForUnprivileged(function)) is not null;

    private static ImmutableArray<int> CodesFor(ErrnoTest test) => CodesFor(test.Call, test.WhenZero);

    private static ImmutableArray<int> CodesFor(CallExpression call, bool whenZero) =>
    [
        .. Table.OutcomesOf(call.Function!.Name).Where(outcome => outcome.Result.Allows(0) == whenZero && (outcome.Arity is not { } arity || arity == call.Arguments.Length))
            .SelectMany(static outcome => outcome.Effects).Where(static effect => effect.StartsWith(Fails, StringComparison.Ordinal)).Select(static effect => int.Parse(effect.AsSpan(Fails.Length), CultureInfo.InvariantCulture)),
    ];

    /// <summary>A start that user space gave and that is not aligned is an invalid argument in every system call on ranges.</summary>
    private static void CheckAlignment(FunctionAnalysisContext context)
    {
        if (UserRanges.Of(context).Controlled(context.Function) is not { Count: > 1 } controlled)
        {
            return;
        }

        foreach (var (test, code, at) in ErrnoTest.RefusalsIn(context.Function))
        {
            if (code != Invalid && IsNamed(context, at) && test.Condition.Unwrapped is BinaryExpression { Operator: BinaryOperator.BitwiseAnd, Right.Constant: PageOffset } mask
                && mask.Left.Unwrapped is NameExpression { Symbol: VariableSymbol start } && controlled.Contains(start))
            {
                context.Report(Unaligned, at, [], Instead(context, at, Invalid), start.Name, ErrnoNames.Of(Invalid), ErrnoNames.Of(code));
            }
        }
    }

    /// <summary>Flags that a system call does not know are an invalid argument: <c>if (flags &amp; ~KNOWN)</c>, and <c>if (flags)</c> where there are none.</summary>
    private static void CheckUnknownFlags(FunctionAnalysisContext context)
    {
        if (!context.Function.Name.StartsWith("__do_sys_", StringComparison.Ordinal))
        {
            return;
        }

        foreach (var (test, code, at) in ErrnoTest.RefusalsIn(context.Function))
        {
            if (code != Invalid && IsNamed(context, at) && WordRefused(test.Condition) is { Kind: VariableKind.Parameter } flags && (flags.Name == "flags" || IsFewBits(test.Condition)))
            {
                context.Report(UnknownFlags, at, [], Instead(context, at, Invalid), flags.Name, ErrnoNames.Of(Invalid), ErrnoNames.Of(code));
            }
        }
    }

    /// <summary>The variable that has to be zero, or to have no other bits than some, to get past a test.</summary>
    private static VariableSymbol? WordRefused(Expression condition) => condition.Unwrapped switch
    {
        NameExpression { Symbol: VariableSymbol word } => word,
        BinaryExpression { Operator: BinaryOperator.NotEqual, Right.Constant: 0 } test => WordRefused(test.Left),
        BinaryExpression { Operator: BinaryOperator.BitwiseAnd, Right.Unwrapped: UnaryExpression { Operator: UnaryOperator.BitwiseNot } } rest => WordRefused(rest.Left),
        _ => null,
    };

    /// <summary>True for <c>word &amp; ~KNOWN</c> with a few low bits that are known: an address is not asked like that.</summary>
    private static bool IsFewBits(Expression condition) =>
        condition.Unwrapped is BinaryExpression { Operator: BinaryOperator.BitwiseAnd, Right.Unwrapped: UnaryExpression { Operator: UnaryOperator.BitwiseNot, Operand.Constant: > 0 and < PageOffset } };

    private static Fix? Instead(AnalysisContext context, Expression at, int code) => at.Origin.Kind == OriginKind.Spelled ? new Fix($"return -{ErrnoNames.Of(code)}", at.Span, $"-{ErrnoNames.Of(code)}") : null;

    /// <summary>True if the file names an error: -1 is often no more than "no".</summary>
    private static bool IsNamed(AnalysisContext context, Expression at) => context.Unit.Text.BytesOf(at.Span).StartsWith("-E"u8);
}
