# bash completion of BusIngest.Api; it asks the program itself what may come next.
_busingest_api() {
    local program=${1/#\~\//$HOME/} line=${COMP_LINE:0:COMP_POINT} word=$2 suggestion
    line=${line#"$1"}
    line=${line# }
    COMPREPLY=()
    while IFS= read -r suggestion; do
        [[ -n $suggestion && $suggestion == "$word"* ]] && COMPREPLY+=("$suggestion")
    done < <("$program" "[suggest:${#line}]" "$line" 2>/dev/null)
}
complete -o default -F _busingest_api BusIngest.Api
