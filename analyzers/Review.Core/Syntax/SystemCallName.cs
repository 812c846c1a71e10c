namespace Review.Core.Syntax;

/// <summary>
/// Names of system calls. <c>SYSCALL_DEFINE5(process_madvise, ...)</c> puts its body into a function <c>__do_sys_process_madvise</c>; people know it by the name in the macro.
/// </summary>
public static class SystemCallName
{
    private const string Prefix = "__do_sys_";

    /// <summary>The name that people say: that of the system call for the function with its body, any other as it is.</summary>
    public static string Of(string function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return function.StartsWith(Prefix, StringComparison.Ordinal) ? function[Prefix.Length..] : function;
    }

    /// <summary>True if a function is the one that somebody named, in either way.</summary>
    public static bool IsOf(string name, string function) => name == function || Of(function) == name;
}
