using System.Collections.Immutable;

namespace Review.Kernel;

/// <summary>
/// Something in a kernel tree, a configuration or a compile database that could not be used as written. The result it
/// comes with is still usable; what was skipped is what the message says.
/// </summary>
/// <param name="Path">The file, relative to the tree's root, or the name of the input.</param>
/// <param name="Line">The line from 1, or 0 where no single line is to blame.</param>
/// <param name="Message">What is wrong and what was done about it, in one sentence without a full stop.</param>
public sealed record KernelProblem(string Path, int Line, string Message)
{
    /// <summary>The problem as compilers print it: <c>path:line: message</c>.</summary>
    public override string ToString() => Line > 0 ? $"{Path}:{Line}: {Message}" : $"{Path}: {Message}";
}

/// <summary>A tree or an input from which nothing useful can be made, for example a directory that is no kernel tree.</summary>
/// <param name="path">The file, relative to the tree's root, or the name of the input.</param>
/// <param name="reason">What is wrong and what to do about it.</param>
public sealed class KernelTreeException(string path, string reason) : Exception($"{path}: {reason}")
{
    /// <summary>The file, relative to the tree's root, or the name of the input.</summary>
    public string Path { get; } = path;

    /// <summary>What is wrong and what to do about it, without the path.</summary>
    public string Reason { get; } = reason;
}

/// <summary>Collects problems up to a limit, so that a hostile input cannot fill memory with complaints about itself.</summary>
internal sealed class ProblemList
{
    private const int Limit = 100;
    private readonly HashSet<KernelProblem> seen = [];
    private readonly ImmutableArray<KernelProblem>.Builder problems = ImmutableArray.CreateBuilder<KernelProblem>();

    public void Add(string path, int line, string message)
    {
        var problem = new KernelProblem(path, line, message);
        if (problems.Count < Limit && seen.Add(problem))
        {
            problems.Add(problems.Count == Limit - 1
                ? new KernelProblem(path, line, "more than 100 problems; the rest is not listed")
                : problem);
        }
    }

    public void AddRange(IEnumerable<KernelProblem> more)
    {
        foreach (var problem in more)
        {
            Add(problem.Path, problem.Line, problem.Message);
        }
    }

    public ImmutableArray<KernelProblem> ToImmutable() => problems.ToImmutable();
}
