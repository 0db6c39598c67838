#compdef BusIngest.Api
# zsh completion of BusIngest.Api; it asks the program itself what may come next.
_busingest_api() {
    local program=${~words[1]} line="${(j: :)words[2,CURRENT]}"
    local -a suggestions
    suggestions=(${(f)"$("$program" "[suggest:${#line}]" "$line" 2>/dev/null)"})
    if (( $#suggestions )); then
        compadd -- "${suggestions[@]}"
    else
        _files
    fi
}
compdef _busingest_api BusIngest.Api
