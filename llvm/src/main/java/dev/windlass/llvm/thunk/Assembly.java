package dev.windlass.llvm.thunk;

import dev.windlass.llvm.binding.LlvmException;
import dev.windlass.runtime.boundary.ContextLayout;
import dev.windlass.runtime.boundary.StoreState;

/// The few instructions that no compiler can be asked for: entering with a record to come back to,
/// and coming back to it from anywhere below.
///
/// `wl_enter(thunk, code, context, slots, record)` saves the registers that a callee must keep,
/// links an entry record, calls `thunk(code, context, slots, record)`, unlinks and returns 0.
/// `wl_raise(record, status)` makes the `wl_enter` of that record return the status instead.
///
/// `wl_try` is a call of a guest's function that may be left by an exception: it takes what the
/// callee takes, and the callee's address in the register for `swiftself`; links a record as handler
/// and calls. It returns what the callee returns; after an exception it returns too, with
/// [StoreState#EXCEPTION] set, and what looks like the result is none.
///
/// `wl_signal` is the handler of SIGSEGV, x86-64 on Linux only (the offsets of `ucontext_t` and
/// `siginfo_t` are the kernel's). It acts if the instruction is compiled code and the address is in a
/// guest's reservation: it goes back along the frame pointers to the entry, whose record begins right
/// above the frame that returns to `wl_return`, and lets `windlass.fault(record, address)` go on.
/// All else is for the handler that was there before. Its state is described at
/// [dev.windlass.llvm.entry.SignalTraps].
///
/// A record lies on the stack: where `wl_raise` goes on, the store's state, and what was before: of
/// an entry in [StoreState#OUTER_SP], [StoreState#HANDLER] and [StoreState#ENTRY], of a handler in
/// [StoreState#HANDLER] and [StoreState#SLOT_TOP].
final class Assembly {
    /// Where in a record the store's state is.
    static final int RECORD_STATE = 8;

    private Assembly() {}

    static String of(String triple) {
        if (triple.startsWith("x86_64")) {
            return numbers(X86_64);
        }
        if (triple.startsWith("aarch64") || triple.startsWith("arm64")) {
            return numbers(AARCH64);
        }
        throw new LlvmException("no thunks for " + triple);
    }

    private static String numbers(String text) {
        return text.replace("STORE_STATE", String.valueOf(ContextLayout.STORE_STATE))
                .replace("ENTRY", String.valueOf(StoreState.ENTRY))
                .replace("HANDLER", String.valueOf(StoreState.HANDLER))
                .replace("LEAVE_SP", String.valueOf(StoreState.LEAVE_SP))
                .replace("OUTER_SP", String.valueOf(StoreState.OUTER_SP))
                .replace("SLOT_TOP", String.valueOf(StoreState.SLOT_TOP));
    }

    /// Saves the registers that a callee must keep.
    private static final String X86_64_SAVE =
            """
                pushq %rbp
                movq %rsp, %rbp
                pushq %rbx
                pushq %r12
                pushq %r13
                pushq %r14
                pushq %r15
            """;

    /// Restores them and returns.
    private static final String X86_64_RESTORE =
            """
                popq %r15
                popq %r14
                popq %r13
                popq %r12
                popq %rbx
                popq %rbp
                retq
            """;

    private static final String X86_64 =
            """
            .text
            .globl wl_enter
            .hidden wl_enter
            .type wl_enter,@function
            .p2align 4
            wl_enter:
                SAVE_REGISTERS
                movq STORE_STATE(%rdx), %rbx
                pushq ENTRY(%rbx)
                pushq HANDLER(%rbx)
                pushq OUTER_SP(%rbx)
                pushq %rbx
                leaq 2f(%rip), %rax
                pushq %rax
                movq %rsp, ENTRY(%rbx)
                movq %rsp, HANDLER(%rbx)
                movq %rsp, LEAVE_SP(%rbx)
                cmpq $0, OUTER_SP(%rbx)
                jne 1f
                movq %rsp, OUTER_SP(%rbx)
            1:
                movq %rdi, %rax
                movq %rsi, %rdi
                movq %rdx, %rsi
                movq %rcx, %rdx
                movq %r8, %rcx
                callq *%rax
            .globl wl_return
            .hidden wl_return
            wl_return:
                xorl %eax, %eax
            2:
                addq $8, %rsp
                popq %rbx
                popq OUTER_SP(%rbx)
                popq HANDLER(%rbx)
                popq ENTRY(%rbx)
                RESTORE_REGISTERS
            .size wl_enter, .-wl_enter
            .globl wl_raise
            .hidden wl_raise
            .type wl_raise,@function
            .p2align 4
            wl_raise:
                movq %rdi, %rsp
                movl %esi, %eax
                jmpq *(%rsp)
            .size wl_raise, .-wl_raise
            .globl wl_try
            .hidden wl_try
            .type wl_try,@function
            .p2align 4
            wl_try:
                SAVE_REGISTERS
                movq STORE_STATE(%rdi), %rbx
                subq $8, %rsp
                pushq SLOT_TOP(%rbx)
                pushq HANDLER(%rbx)
                pushq %rbx
                leaq 1f(%rip), %r11
                pushq %r11
                movq %rsp, HANDLER(%rbx)
                callq *%r13
            1:
                addq $8, %rsp
                popq %rbx
                popq HANDLER(%rbx)
                popq SLOT_TOP(%rbx)
                addq $8, %rsp
                RESTORE_REGISTERS
            .size wl_try, .-wl_try
            .globl wl_signal
            .hidden wl_signal
            .type wl_signal,@function
            .p2align 4
            wl_signal:
                movq wl_signal_state(%rip), %r8
                movq UC_PC(%rdx), %rax
                movq (%r8), %r9
                movq (%r9), %r9
                movq (%r9), %rcx
            1:
                testq %rcx, %rcx
                jz 9f
                cmpq 8(%r9), %rax
                jb 2f
                cmpq 16(%r9), %rax
                jb 3f
            2:
                addq $16, %r9
                decq %rcx
                jmp 1b
            3:
                movq SI_ADDR(%rsi), %r10
                movq 8(%r8), %r9
                movq (%r9), %r9
                movq (%r9), %rcx
            4:
                testq %rcx, %rcx
                jz 9f
                cmpq 8(%r9), %r10
                jb 5f
                cmpq 16(%r9), %r10
                jb 6f
            5:
                addq $16, %r9
                decq %rcx
                jmp 4b
            6:
                movq UC_FP(%rdx), %r9
            7:
                movq 8(%r9), %rcx
                cmpq 24(%r8), %rcx
                je 8f
                movq (%r9), %r9
                jmp 7b
            8:
                addq $16, %r9
                movq %r9, UC_DI(%rdx)
                movq %rax, UC_SI(%rdx)
                leaq windlass.fault(%rip), %rcx
                movq %rcx, UC_PC(%rdx)
                movq UC_SP(%rdx), %rcx
                subq $128, %rcx
                andq $-16, %rcx
                subq $8, %rcx
                movq %rcx, UC_SP(%rdx)
                retq
            9:
                jmpq *16(%r8)
            .size wl_signal, .-wl_signal
            .bss
            .globl wl_signal_state
            .hidden wl_signal_state
            .p2align 3
            wl_signal_state:
                .quad 0
            .text
            """
                    .replace("    SAVE_REGISTERS\n", X86_64_SAVE)
                    .replace("    RESTORE_REGISTERS\n", X86_64_RESTORE)
                    .replace("SI_ADDR", "16")
                    .replace("UC_PC", "168")
                    .replace("UC_SP", "160")
                    .replace("UC_FP", "120")
                    .replace("UC_DI", "104")
                    .replace("UC_SI", "112");

    private static final String AARCH64_SAVE =
            """
                stp x29, x30, [sp, #-160]!
                mov x29, sp
                stp x19, x20, [sp, #16]
                stp x21, x22, [sp, #32]
                stp x23, x24, [sp, #48]
                stp x25, x26, [sp, #64]
                stp x27, x28, [sp, #80]
                stp d8, d9, [sp, #96]
                stp d10, d11, [sp, #112]
                stp d12, d13, [sp, #128]
                stp d14, d15, [sp, #144]
            """;

    private static final String AARCH64_RESTORE =
            """
                ldp d14, d15, [sp, #144]
                ldp d12, d13, [sp, #128]
                ldp d10, d11, [sp, #112]
                ldp d8, d9, [sp, #96]
                ldp x27, x28, [sp, #80]
                ldp x25, x26, [sp, #64]
                ldp x23, x24, [sp, #48]
                ldp x21, x22, [sp, #32]
                ldp x19, x20, [sp, #16]
                ldp x29, x30, [sp], #160
                ret
            """;

    private static final String AARCH64 =
            """
            .text
            .globl wl_enter
            .hidden wl_enter
            .type wl_enter,%function
            .p2align 2
            wl_enter:
                SAVE_REGISTERS
                ldr x19, [x2, #STORE_STATE]
                ldr x9, [x19, #ENTRY]
                ldr x10, [x19, #HANDLER]
                ldr x11, [x19, #OUTER_SP]
                adr x12, 2f
                stp x12, x19, [sp, #-48]!
                stp x9, x10, [sp, #16]
                str x11, [sp, #32]
                mov x12, sp
                str x12, [x19, #ENTRY]
                str x12, [x19, #HANDLER]
                str x12, [x19, #LEAVE_SP]
                cbnz x11, 1f
                str x12, [x19, #OUTER_SP]
            1:
                mov x9, x0
                mov x0, x1
                mov x1, x2
                mov x2, x3
                mov x3, x4
                blr x9
            .globl wl_return
            .hidden wl_return
            wl_return:
                mov w0, #0
            2:
                ldp x9, x10, [sp, #16]
                ldr x11, [sp, #32]
                ldr x19, [sp, #8]
                add sp, sp, #48
                str x9, [x19, #ENTRY]
                str x10, [x19, #HANDLER]
                str x11, [x19, #OUTER_SP]
                RESTORE_REGISTERS
            .size wl_enter, .-wl_enter
            .globl wl_raise
            .hidden wl_raise
            .type wl_raise,%function
            .p2align 2
            wl_raise:
                mov sp, x0
                mov w0, w1
                ldr x9, [sp]
                br x9
            .size wl_raise, .-wl_raise
            .globl wl_try
            .hidden wl_try
            .type wl_try,%function
            .p2align 2
            wl_try:
                SAVE_REGISTERS
                ldr x19, [x0, #STORE_STATE]
                ldr x10, [x19, #HANDLER]
                ldr x11, [x19, #SLOT_TOP]
                adr x12, 1f
                stp x12, x19, [sp, #-32]!
                stp x10, x11, [sp, #16]
                mov x12, sp
                str x12, [x19, #HANDLER]
                blr x20
            1:
                ldr x19, [sp, #8]
                ldp x10, x11, [sp, #16]
                add sp, sp, #32
                str x10, [x19, #HANDLER]
                str x11, [x19, #SLOT_TOP]
                RESTORE_REGISTERS
            .size wl_try, .-wl_try
            """
                    .replace("    SAVE_REGISTERS\n", AARCH64_SAVE)
                    .replace("    RESTORE_REGISTERS\n", AARCH64_RESTORE);
}
