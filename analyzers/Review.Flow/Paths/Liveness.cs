using System.Runtime.CompilerServices;
using Review.Core.Flow;
using Review.Core.Syntax;

namespace Review.Flow.Paths;

/// <summary>
/// Which local variables are still wanted at the start of each block. What is not wanted is forgotten, so that paths that differ
/// in nothing else become one. Who hands a variable's address to a call wants the variable there; if the address goes anywhere else, it is wanted for good.
/// </summary>
public sealed class Liveness
{
    private static readonly ConditionalWeakTable<ControlFlowGraph, Liveness> Known = [];

    /// <summary>For each variable that is wanted anywhere, one bit a block.</summary>
    private readonly Dictionary<VariableSymbol, ulong[]> wantedIn = [];

    private Liveness(ControlFlowGraph graph)
    {
        var count = graph.Blocks.Length;
        var addressed = new HashSet<VariableSymbol>();
        var blocks = new (HashSet<VariableSymbol> Reads, HashSet<VariableSymbol> Writes)[count];
        foreach (var block in graph.Blocks)
        {
            blocks[block.Index] = Summarize(block, addressed);
        }

        foreach (var variable in blocks.SelectMany(static block => block.Reads).Concat(addressed).Distinct())
        {
            wantedIn[variable] = new ulong[(count + 63) / 64];
        }

        // A block where a variable is read makes it wanted in all from which it is reached without being written.
        var work = new Stack<BasicBlock>();
        foreach (var (variable, wanted) in wantedIn)
        {
            foreach (var block in graph.Blocks)
            {
                if (addressed.Contains(variable) || blocks[block.Index].Reads.Contains(variable))
                {
                    Want(block, wanted, work);
                }
            }

            while (work.TryPop(out var block))
            {
                foreach (var edge in block.Predecessors)
                {
                    if (!blocks[edge.From.Index].Writes.Contains(variable))
                    {
                        Want(edge.From, wanted, work);
                    }
                }
            }
        }
    }

    private static void Want(BasicBlock block, ulong[] wanted, Stack<BasicBlock> work)
    {
        if (!Has(wanted, block))
        {
            wanted[block.Index / 64] |= 1UL << (block.Index % 64);
            work.Push(block);
        }
    }

    /// <summary>The answers for a graph, worked out once for all who follow its paths.</summary>
    public static Liveness Of(ControlFlowGraph graph) => Known.GetValue(graph, static graph => new Liveness(graph));

    /// <summary>True if a later read may want the variable's value at the start of a block.</summary>
    public bool IsWanted(VariableSymbol variable, BasicBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        return Has(BlocksThatWant(variable), block);
    }

    /// <summary>The same for the place of a variable, which keeps the answers: the same few are asked for again and again.</summary>
    internal bool IsWanted(VariablePlace place, BasicBlock block) => Has(place.WantedIn ??= BlocksThatWant(place.Variable), block);

    private static bool Has(ulong[] blocks, BasicBlock block) => blocks.Length > 0 && (blocks[block.Index / 64] & (1UL << (block.Index % 64))) != 0;

    private ulong[] BlocksThatWant(VariableSymbol variable) => wantedIn.GetValueOrDefault(variable, []);

    private static (HashSet<VariableSymbol> Reads, HashSet<VariableSymbol> Writes) Summarize(BasicBlock block, HashSet<VariableSymbol> addressed)
    {
        var reads = new HashSet<VariableSymbol>();
        var writes = new HashSet<VariableSymbol>();

        void Read(Expression expression)
        {
            if (Variable(expression) is { } variable && !writes.Contains(variable))
            {
                _ = reads.Add(variable);
            }
        }

        void TakeAddress(Expression address, Expression operand)
        {
            if (IsHandedOver(address))
            {
                Read(operand);
            }
            else if (Variable(operand) is { } variable)
            {
                _ = addressed.Add(variable);
            }
        }

        foreach (var node in block.Nodes)
        {
            if (block.IsInsideExpression)
            {
                // Operands may have been evaluated in a block before.
                foreach (var operand in node.DescendantsAndSelf<NameExpression>())
                {
                    Read(operand);
                }
            }

            switch (node)
            {
                case NameExpression name:
                    Read(name);
                    break;
                case MemberExpression { IsArrow: false } member:
                    Read(member);
                    break;
                case AssignmentExpression { Target: NameExpression { Symbol: VariableSymbol target }, Compound: null }:
                    _ = writes.Add(target);
                    break;
                case AssignmentExpression assignment:
                    Read(assignment.Target);
                    break;
                case UnaryExpression { IsStep: true } step:
                    Read(step.Operand);
                    break;
                case UnaryExpression { Operator: UnaryOperator.AddressOf } address:
                    TakeAddress(address, address.Operand);
                    break;
                case CastExpression { Kind: CastKind.Decay } decay:
                    TakeAddress(decay, decay.Operand);
                    break;
                case AsmStatement assembly:
                    foreach (var output in assembly.Outputs)
                    {
                        Read(output.Value);
                    }

                    break;
                case LocalDeclaration declaration:
                    _ = writes.Add(declaration.Symbol);
                    break;
            }
        }

        return (reads, writes);
    }

    /// <summary>True for an argument of a call that does not give it back.</summary>
    private static bool IsHandedOver(Expression address)
    {
        Node argument = address;
        while (argument.Parent is CastExpression cast)
        {
            argument = cast;
        }

        return argument.Parent is CallExpression call && call.Callee != argument && call.Type.Canonical is not PointerType;
    }

    private static VariableSymbol? Variable(Expression expression)
    {
        while (true)
        {
            switch (expression)
            {
                case NameExpression name:
                    return name.Symbol as VariableSymbol;
                case MemberExpression { IsArrow: false } member:
                    expression = member.Target;
                    break;
                case IndexExpression { Target: CastExpression { Kind: CastKind.Decay } decay }:
                    expression = decay.Operand;
                    break;
                default:
                    return null;
            }
        }
    }
}
