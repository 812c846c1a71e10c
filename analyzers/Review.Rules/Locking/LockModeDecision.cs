using Review.Core.Syntax;

namespace Review.Rules.Locking;

/// <summary>
/// A function that does nothing but answer how to take the lock for a value, with a switch and constants, e.g. madvise_need_mmap_write() or get_lock_mode().
/// </summary>
internal sealed class LockModeDecision
{
    private readonly List<(CaseLabel Label, ReturnStatement Answer)> answers = [];
    private readonly ReturnStatement rest;

    private LockModeDecision(FunctionDefinition function, ReturnStatement rest)
    {
        Function = function;
        this.rest = rest;
    }

    public FunctionDefinition Function { get; }

    /// <summary>The values that have a label of their own.</summary>
    public IEnumerable<string> Names => answers.Select(static answer => answer.Label.Name);

    /// <summary>The answers, each once.</summary>
    public IEnumerable<long> Constants => answers.Select(static answer => answer.Answer).Append(rest).Select(static answer => answer.Value!.Constant!.Value).Distinct();

    /// <summary>The decision that a function makes; null if it is not of this kind.</summary>
    public static LockModeDecision? Of(FunctionDefinition function)
    {
        var switches = function.Body.DescendantsAndSelf<SwitchStatement>().ToList();
        var returns = function.Body.DescendantsAndSelf<ReturnStatement>().ToList();
        if (switches is not [var @switch] || returns.Count < 2 || returns.Exists(static @return => @return.Value?.Constant is null))
        {
            return null;
        }

        var labels = @switch.Labels.ToList();
        var last = labels.OfType<DefaultLabel>().Select(static label => First(label)).FirstOrDefault() ?? function.Body.Statements[^1];
        if (last is not ReturnStatement rest)
        {
            return null;
        }

        var decision = new LockModeDecision(function, rest);
        foreach (var label in labels.OfType<CaseLabel>())
        {
            if (First(label) is not ReturnStatement answer)
            {
                return null;
            }

            decision.answers.Add((label, answer));
        }

        return decision;
    }

    /// <summary>The answer for a value.</summary>
    public ReturnStatement For(long value) => answers.Where(answer => value >= answer.Label.Low && value <= answer.Label.High).Select(static answer => answer.Answer).FirstOrDefault() ?? rest;

    /// <summary>The first statement behind a label and those that follow it directly.</summary>
    internal static Statement First(SwitchLabel label)
    {
        var statement = label.Body;
        while (true)
        {
            switch (statement)
            {
                case SwitchLabel inner:
                    statement = inner.Body;
                    break;
                case BlockStatement { Statements: [var first, ..] }:
                    statement = first;
                    break;
                default:
                    return statement;
            }
        }
    }
}
