namespace Review.Model.Scenarios;

/// <summary>The names of operations, as files have them.</summary>
public static class OperationNames
{
    /// <summary>The word under "op".</summary>
    public static string Of(Operation operation) => operation switch
    {
        CreateFile => "file",
        Ftruncate => "ftruncate",
        Close => "close",
        Mmap => "mmap",
        Reserve => "reserve",
        Munmap => "munmap",
        Mprotect => "mprotect",
        Mlock => "mlock",
        Mlock2 => "mlock2",
        Munlock => "munlock",
        Mseal => "mseal",
        Msync => "msync",
        Madvise => "madvise",
        ProcessMadvise => "process_madvise",
        Mremap => "mremap",
        Mincore => "mincore",
        WritePattern => "write_pattern",
        WriteBytes => "write",
        ReadBytes => "read",
        ExpectVmas => "expect_vmas",
        ExpectPages => "expect_pages",
        Fork => "fork",
        AccessRemotely access => Vocabulary.RemoteAccesses.WordOf(access.Way),
        OpenUffd => "uffd",
        UffdRegister => "uffd_register",
        UffdUnregister => "uffd_unregister",
        UffdCopy => "uffd_copy",
        UffdZeroPage => "uffd_zeropage",
        UffdContinue => "uffd_continue",
        UffdWriteProtect => "uffd_writeprotect",
        SecondaryRead => "secondary_read",
        SpeculativeAccess => "speculative_access",
        NoFaultRead => "nofault_read",
        NumaHint => "numa_hint",
        GetUserPages => "gup",
        DeclareVolatile => "volatile",
        Purge => "purge",
        StartThread => "async",
        JoinThreads => "join",
        UffdWait => "uffd_wait",
        UffdRead => "uffd_read",
        RlimitMemlock => "rlimit_memlock",
        DropPrivileges => "drop_privileges",
        _ => throw new ArgumentException($"no operation of the format: {operation.GetType().Name}", nameof(operation)),
    };
}
