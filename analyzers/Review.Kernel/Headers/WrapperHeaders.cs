namespace Review.Kernel.Headers;

/// <summary>
/// One-line headers that stand for an asm-generic one: whatever the architecture asks for with <c>generic-y</c>, and every
/// mandatory header it does not have itself (scripts/Makefile.asm-headers, formerly Makefile.asm-generic).
/// </summary>
internal static class WrapperHeaders
{
    public static void Add(HeaderGeneration generation)
    {
        var directory = $"{generation.Architecture.Directory}/include";
        Add(generation, $"{directory}/asm", "include/asm-generic", "arch/asm");
        Add(generation, $"{directory}/uapi/asm", "include/uapi/asm-generic", "arch/uapi/asm");
    }

    private static void Add(HeaderGeneration generation, string directory, string generic, string overlay)
    {
        var own = generation.Lists(directory);
        var missing = generation.Lists(generic).Mandatory
            .Where(header => !own.Generated.Contains(header) && !generation.Tree.FileExists($"{directory}/{header}"));
        foreach (var header in own.Generic.Concat(missing))
        {
            generation.Add($"{overlay}/{header}", $"#include <asm-generic/{header}>\n");
        }
    }
}
