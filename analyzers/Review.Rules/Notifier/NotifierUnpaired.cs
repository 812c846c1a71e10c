using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Paths;
using Review.Flow.Typestate;

namespace Review.Rules.Notifier;

/// <summary>The start and end of an mmu_notifier invalidation do not come in pairs, or what happens between them goes past the range.</summary>
public sealed class NotifierUnpaired : KernelAnalyzer
{
    private static readonly DiagnosticDescriptor AfterEnd = Describe("{0}() changes page tables after the end of {1}: listeners believe that nothing changes any more");
    private static readonly DiagnosticDescriptor NoEnd = Describe("{0}() announces {1}, and a path of {2}() goes on without mmu_notifier_invalidate_range_end()");
    private static readonly DiagnosticDescriptor NoStart = Describe("{0}() ends {1}, which was not started");
    private static readonly DiagnosticDescriptor Again = Describe("{0}() gets {1}, which was started and has not ended");
    private static readonly DiagnosticDescriptor NeverStarted = Describe("{0} is filled in and never announced: mmu_notifier_invalidate_range_start() is not called for it");
    private static readonly DiagnosticDescriptor Empty = Describe("{0} begins and ends at the same address: nothing is announced");
    private static readonly DiagnosticDescriptor Exceeds = Describe("{0}() works up to the edge of the VMA, but only {1} was announced to mmu notifiers");

    private static readonly DiagnosticDescriptor Wider = Describe("{0}() works on more than {1} announced to mmu notifiers");
    private static readonly DiagnosticDescriptor Swapped = Describe("{0} begins where it should end: nothing is announced");
    private static readonly DiagnosticDescriptor NobodyTold = Describe("{0}() changes page tables, and {1}() does not tell mmu notifiers; {2}() does");

    private static readonly DiagnosticDescriptor TakenAway = Describe("{0}() takes a page table away, and {1}() tells no mmu notifier of it: devices go on with the pages that it had");
    private static readonly DiagnosticDescriptor LeftOut = Describe("{0}() leaves it to its caller to tell mmu notifiers, and {1}(), which opens the gather for it, does not");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [TakenAway, LeftOut, AfterEnd, NoEnd, NoStart, Again, NeverStarted, Empty, Exceeds, Wider, Swapped, NobodyTold];

    public override void Initialize(KernelAnalysisContext context) => context.RegisterFunctionAction(static context =>
    {
        if (TypestateAnalysis.Concerns(context.Function, NotifierFacts.Record))
        {
            var analysis = new Analysis(context);
            analysis.Run();
            analysis.ReportNoEnd();
            analysis.ReportNeverStarted();
        }

        if (UnannouncedWork.Of(context).In(context.Function) is var (work, sibling))
        {
            context.Report(NobodyTold, work, work.Name, context.Function.Name, sibling.Name);
        }
        else if (UnannouncedWork.Of(context).LeftIn(context.Function) is { } left)
        {
            context.Report(NotifierFacts.IsTakenAway(left.Function!.Name) ? TakenAway : LeftOut, left, left.Function.Name, context.Function.Name);
        }
    });

    private static DiagnosticDescriptor Describe(string message) => RuleDescriptor.Create(
        "KMM2002", "notifier-unpaired", "The start and end of an mmu_notifier invalidation do not match", message, RuleCategory.Notifier, DiagnosticSeverity.Warning);

    private sealed class Analysis(FunctionAnalysisContext context) : NotifierRangeState(ControlFlowGraph.Create(context.Function), NotifierFacts.Of(context))
    {
        private readonly HashSet<Node> reported = [];
        private readonly Dictionary<VariableSymbol, CallExpression> initialized = [];
        private readonly HashSet<VariableSymbol> announced = [];
        private readonly LeftOpen leftOpen = new();

        /// <summary>Reports ranges that somebody took the trouble to fill in and that no path announces.</summary>
        public void ReportNeverStarted()
        {
            foreach (var declaration in context.Function.Body.DescendantsAndSelf<LocalDeclaration>())
            {
                var range = declaration.Symbol;
                if (range.Type.IsRecord(NotifierFacts.Record) && !announced.Contains(range) && !IsHandedOn(range)
                    && (initialized.TryGetValue(range, out var init) || IsFilledIn(range)))
                {
                    context.Report(NeverStarted, init is null ? declaration : init, range.Name);
                }
            }
        }

        /// <summary>Reports ranges that some path leaves without their end.</summary>
        public void ReportNoEnd()
        {
            foreach (var (range, start, @return) in leftOpen.All.Where(one => reported.Add(one.Since)))
            {
                ImmutableArray<TraceStep> trace = @return is null ? [] : [context.Step(start, $"announces {range.Name}"), context.Step(@return, "leaves without the end")];
                var end = $"mmu_notifier_invalidate_range_end(&{range.Name})";
                context.Report(NoEnd, start, trace, start.Function?.Name == "mmu_notifier_invalidate_range_start" ? leftOpen.CureOf(context.Unit.Text, start, end, BeforeFinish) : null, start.Name, range.Name, context.Function.Name);
            }
        }

        /// <summary>The end comes before the gather is finished (tlb-gather-unpaired): before the statement in front of a return that does so.</summary>
        private static Statement BeforeFinish(ReturnStatement @return) =>
            @return.Parent is BlockStatement block && block.Statements.TakeWhile(statement => statement != @return).LastOrDefault() is ExpressionStatement { Expression.Unwrapped: CallExpression { Function.Name: "tlb_finish_mmu" } } finish ? finish : @return;

        protected override IEnumerable<Path<EquatableMap<VariableSymbol, ObjectState>>> Visit(Path<EquatableMap<VariableSymbol, ObjectState>> path, Node node)
        {
            if (node is LocalDeclaration { Symbol: var range } && path.Protocol[range] is { Name: Started } open)
            {
                // The next round of a loop begins with another range.
                NoteEnd(range, open, null);
            }

            if (node is CallExpression { Function: { } callee } call && NotifierFacts.Of(context).Functions.OutcomesOf(callee.Name).Any(static outcome => outcome.Has(NotifierFacts.Walks)))
            {
                CheckBounds(path, call);
                if (path.Protocol.FirstOrDefault(static pair => pair.Value.Name == Ended) is { Key: { } ended, Value: var since } && !path.Protocol.Any(static pair => pair.Value.Name == Started) && since.Since is CallExpression end && reported.Add(call))
                {
                    context.Report(AfterEnd, call, [context.Step(end, $"ends {ended.Name}"), context.Step(call, "goes on with the page tables")], callee.Name, ended.Name);
                }
            }

            if (node is CallExpression { Function: { } taker } taking && NotifierFacts.IsTakenAway(taker.Name))
            {
                CheckTable(path, taking);
            }

            return base.Visit(path, node);
        }

        protected override void Check(Path<EquatableMap<VariableSymbol, ObjectState>> path, VariableSymbol target, string verb, CallExpression call)
        {
            var state = path.Protocol[target]!;
            switch (verb)
            {
                case NotifierFacts.Initializes:
                    _ = initialized.TryAdd(target, call);
                    if (StartOf(path.State, target) is UnknownValue start && start == EndOf(path.State, target) && reported.Add(call))
                    {
                        context.Report(Empty, call, target.Name);
                    }
                    else if (AnnouncedBounds.AreSwapped(StartOf(path.State, target), EndOf(path.State, target)) && reported.Add(call))
                    {
                        context.Report(Swapped, call, target.Name);
                    }

                    if (state.Name == Started)
                    {
                        Report(Again, call, state, target);
                    }

                    break;
                case NotifierFacts.Starts:
                    _ = announced.Add(target);
                    if (state.Name == Started)
                    {
                        Report(Again, call, state, target);
                    }

                    break;
                case NotifierFacts.Ends:
                    _ = announced.Add(target);
                    if (state.Name is Initialized or Ended)
                    {
                        Report(NoStart, call, state, target);
                    }

                    break;
            }
        }

        protected override void AtExit(Path<EquatableMap<VariableSymbol, ObjectState>> path, ReturnStatement? @return)
        {
            foreach (var (range, state) in path.Protocol)
            {
                NoteEnd(range, state, @return);
            }
        }

        private void NoteEnd(VariableSymbol range, ObjectState state, ReturnStatement? @return)
        {
            if (state is { Name: Started, Since: CallExpression start })
            {
                leftOpen.AddOpen(range, start, @return);
            }
            else
            {
                leftOpen.AddEnded(range, @return);
            }
        }

        /// <summary>Whoever takes a page table away from an address on has to announce all that it maps.</summary>
        private void CheckTable(Path<EquatableMap<VariableSymbol, ObjectState>> path, CallExpression call)
        {
            foreach (var (range, state) in path.Protocol)
            {
                if (state.Name == Started && call.Arguments.Any(argument => AnnouncedBounds.IsLessThanTable(path.State, ExpressionSemantics.Evaluate(path.State, argument), StartOf(path.State, range), EndOf(path.State, range))) && reported.Add(call))
                {
                    context.Report(Wider, call, [context.Step(state.Since, $"announces {range.Name}")], call.Name, range.Name);
                }
            }
        }

        /// <summary>Work up to the edge of a VMA inside a range that was cut to something else goes past what listeners know of.</summary>
        private void CheckBounds(Path<EquatableMap<VariableSymbol, ObjectState>> path, CallExpression call)
        {
            var values = call.Arguments.Select(argument => ExpressionSemantics.Evaluate(path.State, argument)).ToArray();
            for (var i = 0; i + 1 < values.Length; i++)
            {
                foreach (var (range, state) in path.Protocol)
                {
                    if (state.Name == Started
                        && (GoesPast(values[i], "vm_start", StartOf(path.State, range)) || GoesPast(values[i + 1], "vm_end", EndOf(path.State, range)))
                        && reported.Add(call))
                    {
                        context.Report(Exceeds, call, [context.Step(state.Since, $"announces {range.Name}")], call.Name, range.Name);
                    }
                    else if (state.Name == Started && IsWider(path.State, values[i], values[i + 1], range) && reported.Add(call))
                    {
                        context.Report(Wider, call, [context.Step(state.Since, $"announces {range.Name}")], call.Name, range.Name);
                    }
                }
            }
        }

        private bool IsWider(PathState state, Value from, Value to, VariableSymbol range)
        {
            var (start, end) = (StartOf(state, range), EndOf(state, range));
            return (from == start && AnnouncedBounds.IsBehind(state, to, end)) || (to == end && AnnouncedBounds.IsBefore(state, from, start)) || AnnouncedBounds.IsFixedPartOf(state, from, to, start, end);
        }

        /// <summary>True if an address is an edge of a VMA and another one, whose origin is known, is no edge.</summary>
        private static bool GoesPast(Value worked, string edge, Value announced) =>
            IsEdge(worked, edge) && worked != announced && !IsEdge(announced, edge) && announced is not UnknownValue { Source: WrittenBy };

        private static bool IsEdge(Value value, string field) =>
            value is UnknownValue { Source: InitialContent { Place: FieldPlace { Field: { Record: "vm_area_struct", Name: var name } } } } && name == field;

        /// <summary>True if the range's address goes to a function of which nothing is known: that one may announce it.</summary>
        private bool IsHandedOn(VariableSymbol range) =>
            context.Function.Body.DescendantsAndSelf<UnaryExpression>()
                .Where(unary => unary.Operator == UnaryOperator.AddressOf && unary.Operand is NameExpression name && name.Symbol == range)
                .Any(address => address.Ancestors().OfType<CallExpression>().FirstOrDefault() is not { } call
                    || Enumerable.Range(0, call.Arguments.Length).Any(i => call.Arguments[i].Unwrapped == address && NotifierFacts.Of(context).Functions.MayChange(call, i)));

        private bool IsFilledIn(VariableSymbol range) =>
            context.Function.Body.DescendantsAndSelf<AssignmentExpression>()
                .Any(assignment => assignment.Target is MemberExpression { Target: NameExpression name } && name.Symbol == range);

        private void Report(DiagnosticDescriptor rule, CallExpression call, ObjectState state, VariableSymbol range)
        {
            if (reported.Add(call))
            {
                context.Report(rule, call, [context.Step(state.Since, $"{range.Name} is {state.Name} here")], call.Name, range.Name);
            }
        }
    }
}
