using Review.Model;
using Review.Model.Calls;
using Review.Model.Memory;
using Review.Witness.Bindings;

namespace Review.Witness.Exploration;

/// <summary>Calls of other threads in words.</summary>
internal static class Interference
{
    /// <summary>A finished call as a step of the table, with addresses counted from the start of the interpreted call's range.</summary>
    public static string Describe(Call call, CallResult result, ulong a)
    {
        var text = call switch
        {
            MprotectCall change => $"mprotect({Range(change.Start, change.Length, a)}, {change.Prot})",
            MunmapCall unmap => $"munmap({Range(unmap.Start, unmap.Length, a)})",
            MmapCall map => $"mmap({Range(map.Start, map.Length, a)})",
            MlockCall => "mlock",
            MadviseCall advise => $"madvise({Range(advise.Start, advise.Length, a)}, {Madv.NameOf(advise.Advice)})",
            _ => call.NextAction,
        };
        if (call is MlockCall)
        {
            var locked = (MlockCall)call;
            text = $"{(locked.Flags == VmFlags.None ? "munlock" : "mlock")}({Range(locked.Start, locked.Length, a)})";
        }

        return result.IsSuccess ? text : $"{text}: {result.Error}";
    }

    private static string Range(ulong start, ulong length, ulong a) => $"{Places.Of(start, a)}, {(length + Pages.Size - 1) / Pages.Size}p";
}
