using System.Collections.Immutable;
using Review.Core.Syntax;

namespace Review.Tables.Decisions;

/// <summary>The labels that stand together before one piece of code, and that code up to the next labels.</summary>
public sealed class SwitchArm
{
    private SwitchArm(ImmutableArray<SwitchLabel> labels, ImmutableArray<Statement> statements)
    {
        Labels = labels;
        Statements = statements;
    }

    public ImmutableArray<SwitchLabel> Labels { get; }

    /// <summary>The code of the arm; a terminating <c>break</c> is part of it.</summary>
    public ImmutableArray<Statement> Statements { get; }

    public IEnumerable<CaseLabel> Cases => Labels.OfType<CaseLabel>();

    public bool HasDefault => Labels.Any(static label => label is DefaultLabel);

    /// <summary>True if the arm does nothing but leave the switch.</summary>
    public bool IsEmpty => Statements.All(static statement => statement is BreakStatement or EmptyStatement { IsFallthrough: false });

    /// <summary>True if control runs on into the code of the next arm.</summary>
    public bool FallsThrough => Statements.IsEmpty || Statements[^1] is EmptyStatement { IsFallthrough: true }
        || !Statements.Any(static statement => statement is BreakStatement or ReturnStatement or GotoStatement or ContinueStatement);

    /// <summary>True if the arm does nothing but choose an answer: no calls, no values that depend on anything.</summary>
    public bool IsIdle => Statements.All(static statement => statement is BreakStatement or EmptyStatement or GotoStatement
        or ReturnStatement { Value: null or { Constant: not null } or { Unwrapped.Constant: not null } or { Unwrapped: NameExpression or CompoundLiteral } }
        or ExpressionStatement { Expression: AssignmentExpression { Compound: null, Target: NameExpression, Value: { Constant: not null } or { Unwrapped.Constant: not null } } });

    /// <summary>The constant that the arm returns and does nothing else; null if it does something else.</summary>
    public long? ReturnedConstant => Statements is [ReturnStatement { Value: { } value }] ? value.Constant ?? value.Unwrapped.Constant : null;

    /// <summary>The arms of a switch in source order; labels inside nested blocks are not taken apart.</summary>
    public static IReadOnlyList<SwitchArm> Of(SwitchStatement @switch)
    {
        var arms = new List<SwitchArm>();
        if (@switch.Body is not BlockStatement body)
        {
            return arms;
        }

        var labels = ImmutableArray.CreateBuilder<SwitchLabel>();
        var statements = ImmutableArray.CreateBuilder<Statement>();
        foreach (var statement in body.Statements)
        {
            var current = statement;
            if (current is SwitchLabel)
            {
                Finish();
                while (current is SwitchLabel label)
                {
                    labels.Add(label);
                    current = label.Body;
                }
            }

            Add(current);
        }

        Finish();
        return arms;

        void Add(Statement statement)
        {
            if (statement is BlockStatement block)
            {
                foreach (var inner in block.Statements)
                {
                    Add(inner);
                }
            }
            else
            {
                statements.Add(statement);
            }
        }

        void Finish()
        {
            if (labels.Count > 0)
            {
                // The last arm leaves the switch by itself.
                arms.Add(new SwitchArm(labels.ToImmutable(), statements.ToImmutable()));
            }

            labels.Clear();
            statements.Clear();
        }
    }
}
