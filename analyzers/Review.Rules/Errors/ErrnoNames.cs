namespace Review.Rules.Errors;

/// <summary>The names of error numbers, as include/uapi/asm-generic/errno-base.h and errno.h have them.</summary>
internal static class ErrnoNames
{
    private static readonly Dictionary<int, string> Names = new()
    {
        [1] = "EPERM", [2] = "ENOENT", [3] = "ESRCH", [4] = "EINTR", [5] = "EIO", [6] = "ENXIO", [7] = "E2BIG", [9] = "EBADF", [11] = "EAGAIN", [12] = "ENOMEM",
        [13] = "EACCES", [14] = "EFAULT", [16] = "EBUSY", [17] = "EEXIST", [19] = "ENODEV", [22] = "EINVAL", [28] = "ENOSPC", [34] = "ERANGE", [38] = "ENOSYS",
        [75] = "EOVERFLOW", [95] = "EOPNOTSUPP", [133] = "EHWPOISON", [512] = "ERESTARTSYS", [513] = "ERESTARTNOINTR",
    };

    /// <summary>The name of a number, or the number itself.</summary>
    public static string Of(int code) => Names.GetValueOrDefault(code) ?? $"{code}";
}
