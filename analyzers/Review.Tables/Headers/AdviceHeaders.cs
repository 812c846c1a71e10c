using System.Collections.Immutable;
using System.Text;
using Review.Core.Source;
using Review.Tables.Lookups;

namespace Review.Tables.Headers;

/// <summary>The values of advice in the headers that a kernel gives to user space; a few architectures have values of their own.</summary>
public static class AdviceHeaders
{
    private const string Generic = "include/uapi/asm-generic/mman.h";
    private const int MaximumDepth = 4;

    /// <summary>The architectures of a tree that have headers for user space, in ordinal order.</summary>
    public static ImmutableArray<string> Architectures(ISourceTree tree) =>
        [.. tree.List("arch").Where(static name => name.EndsWith('/')).Select(static name => name.TrimEnd('/')).Where(name => tree.List($"arch/{name}/include/uapi/asm").Count > 0)];

    /// <summary>The header that an architecture's programs include for <c>asm/mman.h</c>.</summary>
    public static string HeaderOf(ISourceTree tree, string architecture) => $"arch/{architecture}/include/uapi/asm/mman.h" is var own && tree.FileExists(own) ? own : Generic;

    /// <summary>The advice and its values for an architecture, in the order of the values.</summary>
    public static ImmutableSortedDictionary<string, long> Read(ISourceTree tree, string architecture) => Read(tree, HeaderOf(tree, architecture), "include/uapi/");

    /// <summary>The advice and its values that a header gives, itself or through others.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="header">The header.</param>
    /// <param name="root">The folder that <c>asm-generic/</c> stands in.</param>
    public static ImmutableSortedDictionary<string, long> Read(ISourceTree tree, string header, string root)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, long>(StringComparer.Ordinal);
        Read(tree, header, root, values, MaximumDepth);
        return values.ToImmutable();
    }

    private static void Read(ISourceTree tree, string header, string root, IDictionary<string, long> values, int depth)
    {
        if (depth == 0 || tree.ReadBytes(header) is not { } bytes)
        {
            return;
        }

        var text = Encoding.Latin1.GetString(bytes);
        foreach (var line in text.Split('\n'))
        {
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words is ["#include", ['<', .. var included, '>'], ..] && included.StartsWith("asm-generic/mman", StringComparison.Ordinal))
            {
                Read(tree, root + included, root, values, depth - 1);
            }
            else if (words is ["#undef", var removed, ..])
            {
                _ = values.Remove(removed);
            }
        }

        foreach (var (name, value) in new ConditionalText(text).Defines().Where(static define => Decisions.Advice.IsName(define.Name)))
        {
            values[name] = value;
        }
    }
}
