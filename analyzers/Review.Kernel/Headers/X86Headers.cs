using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Review.Kernel.Headers;

/// <summary>Generated headers that only x86 has.</summary>
internal static partial class X86Headers
{
    private const int BitsPerWord = 32;
    private const int MaximumWords = 64;

    /// <summary>asm/xen-hypercalls.h: one line per hypercall that the Xen interface headers name (scripts/xen-hypercalls.sh).</summary>
    public static string XenHypercalls(HeaderGeneration generation)
    {
        const string directory = "include/xen/interface";
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in generation.Tree.Entries(directory, generation.Problems))
        {
            if (file.StartsWith("xen", StringComparison.Ordinal) && file.EndsWith(".h", StringComparison.Ordinal))
            {
                // A name defined as another name is a synonym for an old call.
                names.UnionWith(Hypercall().Matches(generation.Read($"{directory}/{file}"))
                    .Where(match => !match.Groups[2].Value.StartsWith("__HYPERVISOR", StringComparison.Ordinal))
                    .Select(match => match.Groups[1].Value));
            }
        }

        return string.Concat(names.Select(name => $"HYPERCALL({name})\n"));
    }

    /// <summary>asm/cpufeaturemasks.h, since 6.15: the feature bits that the configuration requires and rules out (arch/x86/tools/cpufeaturemasks.awk).</summary>
    public static string CpuFeatureMasks(HeaderGeneration generation)
    {
        var header = generation.Read("arch/x86/include/asm/cpufeatures.h");
        var words = CapabilityWords().Match(header) is { Success: true } match
            && int.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? Math.Min(count, MaximumWords)
            : 0;
        var names = new string?[words * BitsPerWord];
        foreach (Match feature in Feature().Matches(header))
        {
            // The last definition of a bit wins, as in the script.
            if (int.TryParse(feature.Groups[2].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var word) && word < words
                && int.TryParse(feature.Groups[3].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var bit) && bit < BitsPerWord)
            {
                names[(word * BitsPerWord) + bit] = feature.Groups[1].Value;
            }
        }

        var text = new StringBuilder();
        foreach (var set in (ReadOnlySpan<string>)["REQUIRED", "DISABLED"])
        {
            AppendMasks(text, set, Masks(generation, names, set));
        }

        return text.ToString();
    }

    private static uint[] Masks(HeaderGeneration generation, string?[] names, string set)
    {
        var masks = new uint[names.Length / BitsPerWord];
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i] is { } name && generation.Configuration.Value($"X86_{set}_FEATURE_{name}") == "y")
            {
                masks[i / BitsPerWord] |= 1u << (i % BitsPerWord);
            }
        }

        return masks;
    }

    private static void AppendMasks(StringBuilder text, string set, uint[] masks)
    {
        for (var i = 0; i < masks.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"#define {set}_MASK{i} 0x{masks[i]:x8}U\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"#define {set}_MASK_BIT_SET(x) ((");
        for (var i = 0; i < masks.Length; i++)
        {
            if (masks[i] != 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"((x) >> 5) == {i} ? {set}_MASK{i} : ");
            }
        }

        text.Append("0) & (1U << ((x) & 31)))\n");
    }

    [GeneratedRegex(@"^#define[ \t]+__HYPERVISOR_([a-z][a-z_0-9]*)[ \t]+(\S+)", RegexOptions.Multiline)]
    private static partial Regex Hypercall();

    [GeneratedRegex(@"^#define[ \t]+NCAPINTS[ \t]+([0-9]+)", RegexOptions.Multiline)]
    private static partial Regex CapabilityWords();

    [GeneratedRegex(@"^#define[ \t]+X86_FEATURE_(\w+)[ \t]+\([ \t]*([0-9]+)[ \t]*\*[ \t]*32[ \t]*\+[ \t]*([0-9]+)[ \t]*\)", RegexOptions.Multiline)]
    private static partial Regex Feature();
}
